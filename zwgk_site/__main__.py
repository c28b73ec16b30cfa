"""`python3 -m zwgk_site` is `zwgk`."""

from zwgk_site.cli import main

if __name__ == "__main__":
    main()
