//! Several workers on one job, whose results come in the order of the tasks.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::mpsc::{self, Receiver};
use std::thread;

/// How many results a worker may have finished that nobody has taken yet.
const AHEAD: usize = 2;

/// As many threads as there are processors.
pub fn processors() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Does so many tasks, each worker every so many of them, and hands their results on in the
/// order of the tasks: nothing tells how many workers there were. What is finished early
/// waits, so that memory stays flat.
///
/// Stops at the first error of `take`.
pub fn in_order<W: Send, T: Send, E>(
    workers: &mut [W],
    tasks: usize,
    work: impl Fn(&mut W, usize) -> T + Sync,
    take: &mut dyn FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let count = workers.len().min(tasks);
    if let [only] | [only, ..] = workers
        && count <= 1
    {
        return (0..tasks).try_for_each(|task| take(work(only, task)));
    }
    thread::scope(|scope| {
        let (work, mut results) = (&work, Vec::<Receiver<T>>::new());
        for (index, worker) in workers[..count].iter_mut().enumerate() {
            let (sender, receiver) = mpsc::sync_channel(AHEAD);
            results.push(receiver);
            scope.spawn(move || {
                let mut own = (index..tasks).step_by(count);
                // Nobody takes results any more after an error.
                own.try_for_each(|task| sender.send(work(&mut *worker, task)))
            });
        }
        // A worker that sends nothing has panicked, which the end of the scope tells.
        let mut finished = (0..tasks).map_while(|task| results[task % count].recv().ok());
        finished.try_for_each(take)
    })
}

/// Does two things, at the same time if there are several threads.
pub fn both<A: Send, B>(
    threads: NonZeroUsize,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    if threads.get() == 1 {
        return (one(), other());
    }
    thread::scope(|scope| {
        let (one, other) = (scope.spawn(one), other());
        (one.join().unwrap_or_else(|panic| resume_unwind(panic)), other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The squares of numbers, found by so many workers; those above the last one are errors.
    fn squares(workers: usize, last: usize) -> (Vec<usize>, Result<(), usize>) {
        let mut taken = Vec::new();
        let mut done = vec![0; workers];
        let work = |done: &mut usize, task: usize| {
            *done += 1;
            task * task
        };
        let result = in_order(&mut done, 40, work, &mut |square| match square {
            square if square > last * last => Err(square),
            square => {
                taken.push(square);
                Ok(())
            }
        });
        if result.is_ok() {
            assert_eq!(done.iter().sum::<usize>(), 40);
            assert!(done.iter().all(|done| *done > 0), "{done:?}");
        }
        (taken, result)
    }

    #[test]
    fn results_come_in_order_from_any_number_of_workers() {
        let one = squares(1, 100);
        assert_eq!(one.0.len(), 40);
        for workers in [2, 3, 7, 40] {
            assert_eq!(squares(workers, 100), one);
        }
    }

    #[test]
    fn two_things_are_done_by_any_number_of_threads() {
        for threads in [1, 2, 3] {
            let threads = NonZeroUsize::new(threads).unwrap();
            assert_eq!(both(threads, || 6 * 7, || "done"), (42, "done"));
        }
    }

    #[test]
    fn the_first_error_ends_it() {
        for workers in [1, 2, 5] {
            let (taken, result) = squares(workers, 11);
            assert_eq!((taken.len(), result), (12, Err(144)));
        }
    }
}
