"""Writers turn an edition into bytes; they touch no disk."""
