"""Reading a PDF anthology: from the glyphs of its pages to its quotes. Pure: knows no Django.

opening → glyphs → sheets → running → gutters → flow → display → breaks → walk → reader
"""
