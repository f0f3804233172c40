"""The HTML kit: components, charts, tables, forms, tokens; knows no business."""
