"""The families of rules, one file each: rules and the function that finds them, side by side.

Every module of this folder has `check(holdings, context)`, which yields findings. There is no list to keep: a file put
here is run.
"""
