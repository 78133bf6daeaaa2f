//! Print: from tokens to text, item by item.
