"""Numbers, money, durations and ratios: the only place where they change form.

Text is read by small exact grammars (``Decimal``, ASCII digits after NFKC); every refusal is a
`ValueError` whose words are meant for the person who wrote the text.
"""
