"""From a published anthology to quotes: readers → pages → columns → quotes → upsert.

Every step but the last is a pure module: text in, values out, no Django.
"""
