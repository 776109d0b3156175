//! How far orders of items keep apart, held against what is proven least.

use super::*;
use crate::exam::arrange::least::{least, proven};
use crate::exam::seed::Seed;

/// Blocks of these sizes.
fn blocks(sizes: &[usize]) -> Blocks {
    let mut next = 0;
    let blocks = sizes.iter().map(|&size| {
        next += size;
        (next - size..next).collect::<Vec<usize>>()
    });
    let (groups, singles): (Vec<_>, Vec<_>) = blocks.partition(|b| b.len() > 1);
    Blocks { groups, singles: singles.concat() }
}

/// How often two orders have an item at the same place, over all pairs of orders.
fn coincidences(orders: &[&Vec<usize>]) -> u64 {
    let equal = |one: &[usize], other: &[usize]| {
        one.iter().zip(other).filter(|(a, b)| a == b).count() as u64
    };
    let all = orders.iter().enumerate();
    all.flat_map(|(index, one)| orders[..index].iter().map(|other| equal(one, other)))
        .sum()
}

/// So many orders, dealt one after another.
fn dealt(blocks: &Blocks, variants: usize, seed: u64) -> Vec<Vec<usize>> {
    let stream = |label: &str| Seed(seed).stream("order", label);
    let mut orders = Orders::new(blocks.clone(), true, &mut stream("family"));
    let deal = |variant: usize| {
        let mut stream = stream(&variant.to_string());
        let order = orders.order(stream.below(3), &|_, _| 0, &mut stream);
        orders.take(&order);
        order
    };
    (0..variants).map(deal).collect()
}

/// Blocks stand together, and every item stands once.
fn check_whole(blocks: &Blocks, order: &[usize]) {
    let mut sorted = order.to_vec();
    sorted.sort();
    assert!(sorted.into_iter().eq(0..blocks.count()), "{order:?}");
    for group in &blocks.groups {
        let place = |item| order.iter().position(|other| other == item).unwrap();
        let mut places: Vec<usize> = group.iter().map(place).collect();
        places.sort();
        assert!(places.is_sorted_by(|a, b| a + 1 == *b), "{group:?} in {order:?}");
    }
}

/// All orders that keep blocks whole.
fn all(blocks: &Blocks) -> Vec<Vec<usize>> {
    let mut whole = vec![Vec::new()];
    for place in 0..blocks.count() {
        let longer = |order: &Vec<usize>| {
            let fits = |item: &usize| {
                let last = order.last();
                let open = blocks.groups.iter().find(|group| {
                    let inside = last.is_some_and(|last| group.contains(last));
                    inside && group.iter().any(|item| !order.contains(item))
                });
                !order.contains(item) && open.is_none_or(|group| group.contains(item))
            };
            let items = (0..blocks.count()).filter(fits);
            items.map(|item| [order.clone(), vec![item]].concat()).collect::<Vec<_>>()
        };
        whole = whole.iter().flat_map(longer).collect();
        assert!(whole.iter().all(|order| order.len() == place + 1));
    }
    whole
}

/// The fewest coincidences of so many orders. The first may be any, because items of a block
/// and blocks of a size can change their names; so here it is not fixed.
fn fewest(all: &[Vec<usize>], chosen: &mut Vec<usize>, variants: usize, best: &mut u64) {
    let orders: Vec<&Vec<usize>> = chosen.iter().map(|&index| &all[index]).collect();
    let now = coincidences(&orders);
    if now >= *best {
        return;
    }
    if chosen.len() == variants {
        *best = now;
        return;
    }
    for index in chosen.last().map_or(0, |last| *last)..all.len() {
        chosen.push(index);
        fewest(all, chosen, variants, best);
        chosen.pop();
        if *best == 0 {
            return;
        }
    }
}

#[test]
fn single_items_reach_the_bound() {
    for seed in 0..1500 {
        let mut stream = Seed(seed).stream("shape", "");
        let (count, variants) = match seed % 50 {
            0 => (1 + stream.below(60), 1 + stream.below(200)),
            _ => (1 + stream.below(16), 1 + stream.below(30)),
        };
        let blocks = blocks(&vec![1; count]);
        let orders = dealt(&blocks, variants, seed);
        orders.iter().for_each(|order| check_whole(&blocks, order));
        let found = coincidences(&orders.iter().collect::<Vec<_>>());
        let reach = vec![vec![true; count]; count];
        assert_eq!(found, least(&reach, variants), "{count} items, {variants} variants");
        assert!(variants > count || found == 0);
    }
}

#[test]
fn the_bound_of_single_items_is_the_optimum() {
    for (count, variants) in [(2, 3), (2, 5), (3, 2), (3, 3), (3, 4), (3, 5), (4, 3)] {
        let all = all(&blocks(&vec![1; count]));
        let mut best = u64::MAX;
        fewest(&all, &mut Vec::new(), variants, &mut best);
        assert_eq!(least(&vec![vec![true; count]; count], variants), best);
    }
}

/// The bound of blocks.
fn bound(blocks: &Blocks, variants: usize) -> u64 {
    let mut reach = vec![Vec::new(); blocks.count()];
    for class in blocks.classes() {
        let places = blocks.reach(class);
        blocks.items(class).iter().for_each(|&item| reach[item].clone_from(&places));
    }
    least(&reach, variants)
}

/// Searching all orders finds nothing better than what is proven from layouts alone, and
/// that is what variants are dealt, whatever their number.
#[test]
fn groups_reach_the_optimum() {
    let shapes: [&[usize]; 14] = [
        &[2],
        &[3],
        &[2, 1],
        &[2, 2],
        &[3, 1],
        &[2, 1, 1],
        &[3, 2],
        &[2, 2, 1],
        &[3, 1, 1],
        &[2, 1, 1, 1],
        &[3, 3],
        &[4, 2],
        &[2, 2, 1, 1],
        &[3, 2, 2],
    ];
    for sizes in shapes {
        let blocks = blocks(sizes);
        let all = all(&blocks);
        for variants in 1..=6 {
            let figure = |seed| {
                let orders = dealt(&blocks, variants, seed);
                orders.iter().for_each(|order| check_whole(&blocks, order));
                coincidences(&orders.iter().collect::<Vec<_>>())
            };
            let figures: Vec<u64> = (0..20).map(figure).collect();
            let proven = proven(&blocks, variants, figures[0]);
            if all.len().pow(variants as u32) < 300_000 {
                let mut best = u64::MAX;
                fewest(&all, &mut Vec::new(), variants, &mut best);
                assert_eq!(proven, best, "{sizes:?}, {variants} variants");
            }
            assert!(bound(&blocks, variants) <= proven);
            assert!(figures.iter().all(|figure| *figure == proven));
        }
    }
}

#[test]
fn larger_sections_with_groups_keep_apart() {
    for (sizes, variants) in [
        (vec![3, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 10),
        (vec![4, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1], 10),
        (vec![2; 20], 12),
        ([vec![5, 4, 3], vec![1; 38]].concat(), 40),
    ] {
        let blocks = blocks(&sizes);
        for seed in 0..5 {
            let orders = dealt(&blocks, variants, seed);
            orders.iter().for_each(|order| check_whole(&blocks, order));
            let found = coincidences(&orders.iter().collect::<Vec<_>>());
            assert_eq!(found, 0, "{sizes:?}, {variants} variants");
        }
    }
}

#[test]
fn many_variants_with_groups_stay_near_the_bound() {
    for seed in 0..40 {
        let mut stream = Seed(seed).stream("shape", "");
        let groups: Vec<usize> =
            (0..1 + stream.below(4)).map(|_| 2 + stream.below(4)).collect();
        let sizes = [groups, vec![1; stream.below(20)]].concat();
        let blocks = blocks(&sizes);
        let variants = 1 + stream.below(80);
        let orders = dealt(&blocks, variants, seed);
        orders.iter().for_each(|order| check_whole(&blocks, order));
        let found = coincidences(&orders.iter().collect::<Vec<_>>());
        assert!(found >= bound(&blocks, variants));
    }
}

#[test]
fn the_first_orders_do_not_depend_on_their_number() {
    for sizes in [vec![1; 9], vec![3, 2, 1, 1, 1]] {
        let blocks = blocks(&sizes);
        for seed in 0..20 {
            assert_eq!(dealt(&blocks, 5, seed), dealt(&blocks, 12, seed)[..5]);
        }
    }
}
