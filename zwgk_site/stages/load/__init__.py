"""Reading: files of the site to values, every fault a finding with its place. Knows no page and no URL."""
