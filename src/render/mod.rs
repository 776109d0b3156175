//! Pages to bytes.
