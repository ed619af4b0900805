"""MAT: what people are asked to bring."""
