"""From a page as found to a draft document that a person reads over and keeps."""
