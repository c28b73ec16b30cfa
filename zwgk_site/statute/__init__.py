"""What the regulations say, as data and pure functions. A rule of law stands here once; stages only apply it."""
