//! Pages as plain text.
use crate::layout::Pages;
/// x
pub fn proof(_: &Pages)->String{String::new()}
