//! Shortages: why a bank cannot fill a blueprint, and what would do.

mod cut;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, counted};
use crate::exam::cells::{Cell, Class, Demand, Filter, Wanted};
use crate::exam::draw::{Problem, STEPS};
use crate::exam::shortage::cut::cut;
use crate::exam::supply::Supply;
use crate::item_type::ItemType;

/// How many steps it takes to look for a remedy.
const FEW: usize = 2_000;

/// Up to how many items a class is made smaller one by one.
const ONE_BY_ONE: usize = 8;

/// How many remedies a hint names.
const MOST_REMEDIES: usize = 4;

/// A remedy where values that change would fill what is short.
const DATED: &str = "allow values that change with `dated = true`";

/// A remedy that always is one.
const MORE: &str = "add facts, patterns or items to the bank";

/// What the bank cannot yield, as far as can be seen before anything is drawn; nothing if it
/// may yield all.
pub fn foreseen<'a>(problem: &Problem<'a>, supply: &Supply<'a>) -> Vec<Diagnostic> {
    let short = short_classes(&problem.demands, supply);
    let dated = || (!problem.blueprint.dated).then(|| problem.supply(true));
    if !short.is_empty() {
        let dated = dated();
        let said =
            short.iter().map(|short| too_few(problem, short, supply, dated.as_ref()));
        return said.collect();
    }
    let cut = |demand: &Demand<'a>| pairs(demand, supply).is_some();
    let plan = || problem.plan(&problem.demands, Some(supply), "proof", STEPS);
    match problem.demands.iter().any(cut) || plan().is_err() {
        true => vec![together(problem, supply, dated().as_ref())],
        false => Vec::new(),
    }
}

/// A class that the bank cannot fill even if nothing else is asked.
struct Short<'p, 'a> {
    demand: &'p Demand<'a>,
    axis: usize,
    class: usize,
    /// How many items the bank yields.
    yields: usize,
}

impl<'a> Short<'_, 'a> {
    fn class(&self) -> &Class<'a> {
        &self.demand.axes[self.axis][self.class]
    }
}

fn short_classes<'p, 'a>(
    demands: &'p [Demand<'a>],
    supply: &Supply<'a>,
) -> Vec<Short<'p, 'a>> {
    let mut all = Vec::new();
    for demand in demands {
        for (axis, classes) in demand.axes.iter().enumerate() {
            for (class, asked) in classes.iter().enumerate() {
                let yields = yields(demand, &[&asked.wanted], asked.count, supply);
                if yields < asked.count {
                    all.push(Short { demand, axis, class, yields });
                }
            }
        }
    }
    all
}

/// How many items of these classes there are at most, of those that are asked for.
fn yields<'a>(
    demand: &Demand<'a>,
    wanted: &[&Wanted<'a>],
    count: usize,
    supply: &Supply<'a>,
) -> usize {
    let wanted = wanted.iter().map(|&wanted| wanted.clone()).collect();
    let cell =
        Cell { section: demand.section, wanted, only: None, count, lengths: Vec::new() };
    supply.most(&cell).min(count)
}

/// What is to be said of a class that cannot be filled.
fn too_few<'a>(
    problem: &Problem<'a>,
    short: &Short<'_, 'a>,
    supply: &Supply<'a>,
    dated: Option<&Supply<'a>>,
) -> Diagnostic {
    let (class, demand) = (short.class(), short.demand);
    let message = format!(
        "section {} asks for {}, and the bank yields {}{}",
        demand.section + 1,
        items(demand, class.count, std::slice::from_ref(&class.wanted)),
        match short.yields {
            0 => "none".to_string(),
            some => some.to_string(),
        },
        again(problem)
    );
    let mut remedies = Vec::new();
    if short.yields > 0 {
        remedies.push(format!("ask for {}", short.yields));
    }
    for (open, wanted) in opened(&class.wanted) {
        if yields(demand, &[&wanted], class.count, supply) >= class.count {
            remedies.push(format!("let the row have any {open}"));
        }
    }
    let all = |dated| yields(demand, &[&class.wanted], class.count, dated) >= class.count;
    remedies.extend(dated.is_some_and(all).then(|| DATED.to_string()));
    if demand.plan.item_type == ItemType::Essay {
        let why = "because every criterion of a guide earns one";
        remedies.push(format!("raise `points`, {why}"));
    }
    if short.yields == 0 {
        remedies.push("ask for something else".to_string());
    }
    remedies.push(MORE.to_string());
    Diagnostic::error(message).at(class.place.clone()).hint(or(&remedies))
}

/// What a row wants if one thing that it says is left open.
fn opened<'a>(wanted: &Wanted<'a>) -> Vec<(&'static str, Wanted<'a>)> {
    let Wanted::Row(index, filter) = *wanted else { return Vec::new() };
    let all = [
        ("topic", filter.topic.is_some(), Filter { topic: None, ..filter }),
        ("level", filter.level.is_some(), Filter { level: None, ..filter }),
        (
            "difficulty",
            filter.difficulty.is_some(),
            Filter { difficulty: None, ..filter },
        ),
    ];
    let said = all.into_iter().filter(|(_, said, _)| *said);
    said.map(|(name, _, filter)| (name, Wanted::Row(index, filter))).collect()
}

/// What is to be said where every class could be filled by itself, but not all of them.
fn together(problem: &Problem, supply: &Supply, dated: Option<&Supply>) -> Diagnostic {
    let demands = &problem.demands;
    let alone = demands.iter().find(|demand| {
        let demand = std::slice::from_ref(*demand);
        problem.plan(demand, Some(supply), "alone", FEW).is_err()
    });
    let (message, place) = match alone {
        Some(demand) => (inside(problem, demand, supply), &demand.plan.place),
        None => (across(problem, supply), &demands[0].plan.place),
    };
    let mut remedies = remedies(problem, supply);
    let all = |dated| problem.plan(demands, Some(dated), "dated", STEPS).is_ok();
    remedies.extend(dated.is_some_and(all).then(|| DATED.to_string()));
    remedies.push(MORE.to_string());
    Diagnostic::error(message).at(place.clone()).hint(or(&remedies))
}

/// Why the classes of one section cannot be filled together.
fn inside<'a>(problem: &Problem<'a>, demand: &Demand<'a>, supply: &Supply<'a>) -> String {
    let number = demand.section + 1;
    let without = Demand { groups: 0, ..demand.clone() };
    if demand.groups > 0 && problem.plan(&[without], Some(supply), "groups", FEW).is_ok()
    {
        return format!(
            "section {number} asks for {} stimuli, and no choice of them fits what it counts",
            demand.groups
        );
    }
    if let Some(why) = pairs(demand, supply) {
        return format!("section {number} {why}");
    }
    if let [axis] = &demand.axes[..] {
        let cells = axis.iter().map(|class| Cell {
            section: demand.section,
            wanted: vec![class.wanted.clone()],
            only: None,
            count: class.count,
            lengths: Vec::new(),
        });
        let cells: Vec<Cell> = cells.collect();
        return bottleneck(problem, &cells, supply);
    }
    format!(
        "section {number} asks for {}, and no choice of items was found that meets all that it counts",
        items(demand, demand.plan.count, &[])
    )
}

/// Why two of the things that a section counts cannot be met together, if so.
fn pairs<'a>(demand: &Demand<'a>, supply: &Supply<'a>) -> Option<String> {
    let others = demand.axes.iter().enumerate();
    let mut pairs = others.flat_map(|(second, others)| {
        demand.axes[..second].iter().map(move |a| (a, others))
    });
    pairs.find_map(|(axis, others)| cut(demand, axis, others, supply))
}

/// Why sections that can be filled by themselves cannot be filled together.
fn across(problem: &Problem, supply: &Supply) -> String {
    let cells: Option<Vec<Cell>> = (problem.demands.iter())
        .map(|demand| match &demand.axes[..] {
            [axis] => Some(axis.iter().map(|class| Cell {
                section: demand.section,
                wanted: vec![class.wanted.clone()],
                only: None,
                count: class.count,
                lengths: Vec::new(),
            })),
            _ => None,
        })
        .collect::<Option<Vec<_>>>()
        .map(|all| all.into_iter().flatten().collect());
    match cells {
        Some(cells) => bottleneck(problem, &cells, supply),
        None => {
            let which: BTreeSet<usize> = (1..=problem.demands.len()).collect();
            let which: Vec<String> = which.iter().map(usize::to_string).collect();
            format!(
                "sections {} ask for more than the bank yields together, because a paper \
                 asks no fact twice",
                and(&which)
            )
        }
    }
}

/// Which cells ask for more facts than there are.
fn bottleneck(problem: &Problem, cells: &[Cell], supply: &Supply) -> String {
    let dealt = supply.deal(cells, &BTreeSet::new());
    let (found, facts) = supply.bottleneck(cells, &dealt);
    let asked: usize = found.iter().map(|&cell| cells[cell].count).sum();
    let mut by_section: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for &cell in &found {
        let Cell { section, count, wanted, .. } = &cells[cell];
        let demand = problem.demands.iter().find(|d| d.section == *section);
        let said = demand.map(|demand| items(demand, *count, wanted)).unwrap_or_default();
        by_section.entry(*section).or_default().push(said);
    }
    let said: Vec<String> = (by_section.iter())
        .map(|(section, said)| format!("{} in section {}", and(said), section + 1))
        .collect();
    format!(
        "the blueprint asks for {}: {asked} items, but they share only {facts} facts{}, and \
         a paper asks no fact twice",
        and(&said),
        again(problem)
    )
}

/// What is to be said where other exams ask much of what the bank has.
fn again(problem: &Problem) -> &'static str {
    match problem.barred.is_empty() {
        true => "",
        false => " that the exams to avoid do not ask",
    }
}

/// The least changes that would do, each by itself.
fn remedies<'a>(problem: &Problem<'a>, supply: &Supply<'a>) -> Vec<String> {
    let mut all: Vec<(usize, String)> = Vec::new();
    for (index, demand) in problem.demands.iter().enumerate() {
        let would_do = |groups: &usize| {
            let mut demands = problem.demands.clone();
            demands[index].groups = *groups;
            problem.plan(&demands, Some(supply), "remedy", FEW).is_ok()
        };
        if let Some(groups) = (0..demand.groups).rev().find(would_do) {
            let section = demand.section + 1;
            all.push((0, format!("write `stimuli = {groups}` in section {section}")));
        }
        for (axis, class, lower) in changes(demand) {
            let asked = &demand.axes[axis][class];
            let would_do = |fewer: usize| {
                let mut demands = problem.demands.clone();
                let place = &mut demands[index];
                match lower {
                    Lower::Count => place.axes[axis][class].count -= fewer,
                    Lower::Shift(filter) => shift(place, axis, class, filter, fewer),
                }
                problem.plan(&demands, Some(supply), "remedy", FEW).is_ok()
            };
            let Some(fewer) = least(asked.count, would_do) else { continue };
            let (what, section) = (words(&asked.wanted), demand.section + 1);
            let space = if what.is_empty() { "" } else { " " };
            all.push((
                fewer,
                match lower {
                    Lower::Count => {
                        format!("ask for {fewer} fewer items{space}{what} in section {section}")
                    }
                    Lower::Shift(filter) => {
                        let others = words(&Wanted::Unlike(vec![filter]));
                        format!("let {fewer} of those {what} in section {section} be {others}")
                    }
                },
            ));
        }
    }
    all.sort();
    all.truncate(MOST_REMEDIES);
    all.into_iter().map(|(_, remedy)| remedy).collect()
}

/// How a class is made smaller.
#[derive(Clone, Copy)]
enum Lower<'a> {
    /// The section has fewer items.
    Count,
    /// Other classes have more items: those that are not like this.
    Shift(Filter<'a>),
}

/// The classes of a section that could be made smaller, by axis and class.
fn changes<'a>(demand: &Demand<'a>) -> Vec<(usize, usize, Lower<'a>)> {
    let mut all = Vec::new();
    for (axis, classes) in demand.axes.iter().enumerate() {
        for (class, asked) in classes.iter().enumerate() {
            if demand.axes.len() == 1 {
                all.push((axis, class, Lower::Count));
            }
            if let Wanted::Like(filter) = asked.wanted
                && filter != Filter::default()
            {
                all.push((axis, class, Lower::Shift(filter)));
            }
        }
    }
    all
}

/// The least number up to `most` that would do, if any does. Too many may be as bad as too
/// few, so small numbers are tried one by one.
fn least(most: usize, would_do: impl Fn(usize) -> bool) -> Option<usize> {
    if let Some(fewer) = (1..=most.min(ONE_BY_ONE)).find(|&fewer| would_do(fewer)) {
        return Some(fewer);
    }
    (most > ONE_BY_ONE && would_do(most)).then_some(())?;
    let (mut low, mut high) = (ONE_BY_ONE, most);
    while low + 1 < high {
        let middle = (low + high) / 2;
        if would_do(middle) { high = middle } else { low = middle }
    }
    Some(high)
}

/// Lets some items of a class be unlike what it takes.
fn shift<'a>(
    demand: &mut Demand<'a>,
    axis: usize,
    class: usize,
    filter: Filter<'a>,
    fewer: usize,
) {
    let asked = &mut demand.axes[axis][class];
    asked.count -= fewer;
    let wanted = Wanted::Unlike(vec![filter]);
    let other = Class { wanted, count: fewer, place: asked.place };
    demand.axes[axis].push(other);
}

/// What is to be said of a cell that could not be filled, though it may be possible.
pub fn unfilled(problem: &Problem, cell: &Cell, found: usize) -> Diagnostic {
    let demand = &problem.demands[cell.section];
    let classes = demand.axes.iter().flatten();
    let mut named = classes.filter(|class| cell.wanted.contains(&class.wanted));
    let place = named.next().map_or(&demand.plan.place, |class| class.place);
    let message = format!(
        "section {} asks for {}, and {found} could be drawn beside what else is asked",
        cell.section + 1,
        items(demand, cell.count, &cell.wanted)
    );
    let hint = "ask for fewer here or in other sections, try another `seed`, or add facts, \
                patterns or items to the bank";
    Diagnostic::error(message).at(place.clone()).hint(hint)
}

/// So many items of a section's type.
fn items(demand: &Demand, count: usize, wanted: &[Wanted]) -> String {
    let wanted: Vec<String> =
        wanted.iter().map(words).filter(|w| !w.is_empty()).collect();
    let space = if wanted.is_empty() { "" } else { " " };
    let items = counted(count, &format!("{} item", demand.plan.item_type.name()));
    format!("{items}{space}{}", and(&wanted))
}

/// What a class takes, in words.
fn words(wanted: &Wanted) -> String {
    let like = |filter: &Filter| {
        let topic = filter.topic.map(|topic| format!("of topic `{topic}`"));
        let level = filter.level.map(|level| format!("of level `{level}`"));
        let difficulty = filter.difficulty.map(|d| format!("of difficulty `{d}`"));
        let said: Vec<String> =
            [topic, level, difficulty].into_iter().flatten().collect();
        and(&said)
    };
    match wanted {
        Wanted::Like(filter) => like(filter),
        Wanted::Row(index, filter) => {
            let said = like(filter);
            let space = if said.is_empty() { "" } else { " " };
            format!("{said}{space}for row {}", index + 1)
        }
        Wanted::Unlike(filters) => {
            let what = match filters.first() {
                Some(Filter { topic: Some(_), .. }) => "topics",
                Some(Filter { level: Some(_), .. }) => "levels",
                _ => "difficulties",
            };
            format!("of other {what}")
        }
    }
}

fn and(parts: &[String]) -> String {
    list(parts, "and")
}

fn or(parts: &[String]) -> String {
    list(parts, "or")
}

fn list(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}
