//! The syllables of Indonesian words, by the rules of EYD ("pemenggalan kata").
//!
//! The rules part off prefixes and suffixes before they part syllables, and only a
//! dictionary knows whether *-an* ends *makan-an* or *pahlawan*, or whether *meng-* stands
//! in *meng-ambil* or *me-ngarang*. A point that only a dictionary could decide is left
//! out: a word has others.

use crate::breaking::Hyphenation;

/// Two signs for one consonant.
const DIGRAPHS: [&str; 4] = ["kh", "ng", "ny", "sy"];

/// Two signs for one vowel.
const DIPHTHONGS: [&str; 5] = ["ai", "au", "ei", "eu", "oi"];

/// The beginnings of verbs, in which *-kan* is always a suffix.
const VERBS: [&str; 2] = ["me", "di"];

/// A vowel or a consonant, of one or two letters.
struct Sound<'w> {
    start: usize,
    text: &'w str,
    vowel: bool,
}

/// The bytes of a word before which it may be parted.
pub(super) fn points(word: &str, rules: &Hyphenation) -> Vec<usize> {
    let mut points = Vec::new();
    let mut stem = word;
    while let Some(shorter) = without_particle(stem, rules) {
        points.push(shorter.len());
        stem = shorter;
    }
    points.extend(match rules.exceptions.get(stem) {
        Some(known) => known.clone(),
        None => parted(stem, rules),
    });
    points.sort();
    points.dedup();
    points
}

/// The points of a word without particles.
fn parted(word: &str, rules: &Hyphenation) -> Vec<usize> {
    let sounds = sounds(word);
    let mut points = syllables(&sounds);
    part_prefix(word, &sounds, rules, &mut points);
    if let Some(doubtful) = before_suffix(word, &sounds) {
        points.retain(|&point| point != doubtful);
    }
    points
}

/// A word without the particle or pronoun that ends it.
fn without_particle<'w>(word: &'w str, rules: &Hyphenation) -> Option<&'w str> {
    let stems = rules.particles.iter().filter_map(|end| word.strip_suffix(end.as_str()));
    stems.max_by_key(|stem| stem.len()).filter(|stem| stem.len() >= 2)
}

fn sounds(word: &str) -> Vec<Sound<'_>> {
    let mut sounds: Vec<Sound> = Vec::new();
    let mut start = 0;
    while let Some(char) = word[start..].chars().next() {
        let pair = |pairs: &[&str]| pairs.iter().any(|&p| word[start..].starts_with(p));
        let vowel = "aeiouéèê".contains(char);
        let double = pair(&DIGRAPHS) || pair(&DIPHTHONGS);
        let end = start + if double { 2 } else { char.len_utf8() };
        sounds.push(Sound { start, text: &word[start..end], vowel });
        start = end;
    }
    sounds
}

/// The points between syllables: before a lone consonant, else after the first one.
fn syllables(sounds: &[Sound]) -> Vec<usize> {
    let vowels: Vec<usize> = (0..sounds.len()).filter(|&at| sounds[at].vowel).collect();
    let point = |pair: &[usize]| {
        let (vowel, next) = (pair[0], pair[1]);
        let between = &sounds[vowel + 1..next];
        let closing = match between.len() {
            0 | 1 => 0,
            // The sound of x: eks-por, teks-til.
            3.. if between[0].text == "k" && between[1].text == "s" => 2,
            _ => 1,
        };
        sounds[vowel + 1 + closing].start
    };
    vowels.windows(2).map(point).collect()
}

/// Parts off prefixes that end in a consonant.
///
/// Where a vowel follows, the consonant may belong to either side (*ber-anak*, *be-rani*).
/// After a prefix that ends in a vowel, two consonants may both open the root
/// (*di-produksi*) or not (*dip-loma*).
fn part_prefix(
    word: &str,
    sounds: &[Sound],
    rules: &Hyphenation,
    points: &mut Vec<usize>,
) {
    let from = |start: usize| sounds.partition_point(|sound| sound.start < start);
    let opened: Vec<usize> = ends(word, 0, &rules.open_prefixes).collect();
    for &end in &opened {
        let root = &sounds[from(end)..];
        let onset = root.iter().take_while(|sound| !sound.vowel).count();
        if onset >= 2 && is_onset(root[0].text, root[1].text) {
            points.retain(|&point| point <= end || point > root[onset - 1].start);
        }
    }
    for start in [0].into_iter().chain(opened) {
        for end in ends(word, start, &rules.closed_prefixes) {
            let next = from(end);
            let closing = sounds[..next].iter().rposition(|sound| sound.vowel);
            let (Some(first), Some(root)) = (closing, sounds.get(next)) else { continue };
            let first = sounds[first].start;
            points.retain(|&point| point <= first || point > root.start);
            if !root.vowel {
                points.push(end);
            }
        }
    }
}

/// Where prefixes end that a word has at a place.
fn ends(word: &str, start: usize, prefixes: &[String]) -> impl Iterator<Item = usize> {
    let has = move |prefix: &&String| word[start..].starts_with(prefix.as_str());
    prefixes.iter().filter(has).map(move |prefix| start + prefix.len())
}

/// Whether words may begin with two consonants.
fn is_onset(first: &str, second: &str) -> bool {
    let blend = "bdfgkpt".contains(first) && "lr".contains(second);
    blend || first == "s"
}

/// The point before the consonant that ends a root with the suffix *-an* or *-i*, or else
/// begins the last syllable.
fn before_suffix(word: &str, sounds: &[Sound]) -> Option<usize> {
    let stem = word.strip_suffix("an").or(word.strip_suffix('i'))?;
    let verb = word.ends_with("kan") && VERBS.iter().any(|verb| word.starts_with(verb));
    let last = sounds.iter().rposition(|sound| sound.start < stem.len())?;
    let open = sounds[..last].last().is_some_and(|sound| sound.vowel);
    let long = sounds[..last].iter().filter(|sound| sound.vowel).count() >= 2;
    let doubtful = !sounds[last].vowel && open && long && !verb;
    doubtful.then_some(sounds[last].start)
}
