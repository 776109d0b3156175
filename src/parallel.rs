//! Several workers on one job, whose results come in the order of the tasks.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;

use rayon_core::{ThreadPool, ThreadPoolBuilder};

/// How many tasks for each worker may be begun or done before the one whose result is next.
const AHEAD: usize = 2;

/// How many processors there are; to find out takes a system several files to read.
static PROCESSORS: LazyLock<NonZeroUsize> =
    LazyLock::new(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));

/// The first thread that asks for help, and those that help it, as many as there are
/// processors. They are started once and sleep between two things to do: a new thread often
/// has to wait until the one that started it has used up its time slice, and then a short
/// run is over.
static HELPERS: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let threads = ThreadPoolBuilder::new().num_threads(most());
    threads.use_current_thread().build().ok()
});

/// The threads that help, if any are wanted and can be had.
fn helpers(wanted: bool) -> Option<&'static ThreadPool> {
    if wanted { HELPERS.as_ref() } else { None }
}

/// As many threads as there are processors.
pub fn processors() -> NonZeroUsize {
    *PROCESSORS
}

/// How many threads there ever are: on one processor, a second one stands for all.
fn most() -> usize {
    processors().get().max(2)
}

/// How many workers so many tasks are done by: at most one for each thread that may run, and
/// for each that can.
pub fn workers(threads: NonZeroUsize, tasks: usize) -> usize {
    threads.get().min(tasks).min(most())
}

/// Does so many tasks, and hands their results on in the order of the tasks: nothing tells
/// how many workers there were. What is finished early waits, so that memory stays flat.
///
/// The first worker is the thread that asks. It takes results as they come, and works while
/// it waits for them. If there are others, it begins with the second task and leaves the
/// first one to them.
///
/// Stops at the first error of `take`.
pub fn in_order<W: Send, T: Send, E>(
    workers: &mut [W],
    tasks: usize,
    work: impl Fn(&mut W, usize) -> T + Sync,
    take: &mut dyn FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let count = workers.len().min(tasks);
    let Some((own, others)) = workers[..count].split_first_mut() else { return Ok(()) };
    let Some(helpers) = helpers(!others.is_empty()) else {
        return (0..tasks).try_for_each(|task| take(work(own, task)));
    };
    let board = Board::new(tasks, count * AHEAD);
    let second = board.second();
    helpers.in_place_scope(|scope| {
        // Whatever ends this, a panic too, nobody waits for it any longer.
        let _end = End(&board);
        for worker in others {
            let (board, work) = (&board, &work);
            scope.spawn(move |_| {
                let _end = End(board);
                while let Step::Work(task) = board.step(false) {
                    board.done(task, work(worker, task));
                }
            });
        }
        let mut step = Step::Work(second);
        loop {
            match step {
                Step::Work(task) => board.done(task, work(own, task)),
                Step::Take(result) => take(result)?,
                Step::End => return Ok(()),
            }
            step = board.step(true);
        }
    })
}

/// What is done, and what is next.
struct Board<T> {
    tasks: usize,
    /// How many tasks may be begun beyond those whose results have been taken.
    ahead: usize,
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    /// A task that was passed over, and is begun before all others.
    left: Option<usize>,
    /// The next task to begin.
    next: usize,
    /// How many results have been taken.
    taken: usize,
    /// The results that nobody has taken yet, by their tasks.
    done: BTreeMap<usize, T>,
    /// Whether somebody has ended before the others.
    over: bool,
}

impl<T> State<T> {
    /// Whether all of so many tasks are begun.
    fn has_begun(&self, tasks: usize) -> bool {
        self.next == tasks && self.left.is_none()
    }
}

/// What a worker does next.
enum Step<T> {
    /// A task.
    Work(usize),
    /// Takes the next result.
    Take(T),
    /// Nothing any more.
    End,
}

impl<T> Board<T> {
    fn new(tasks: usize, ahead: usize) -> Board<T> {
        let done = BTreeMap::new();
        let state = State { left: None, next: 0, taken: 0, done, over: false };
        Board { tasks, ahead, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// The second task, for one who leaves the first to whoever comes next.
    fn second(&self) -> usize {
        let mut state = self.state();
        (state.left, state.next) = (Some(0), 2);
        1
    }

    /// Waits until there is something to do, for one who takes results or who does not.
    fn step(&self, takes: bool) -> Step<T> {
        let mut state = self.state();
        loop {
            let next = state.taken;
            if takes && let Some(result) = state.done.remove(&next) {
                state.taken += 1;
                self.changed.notify_all();
                return Step::Take(result);
            }
            let begun = state.has_begun(self.tasks);
            if state.over || (begun && (!takes || next == self.tasks)) {
                return Step::End;
            }
            if let Some(task) = state.left.take() {
                return Step::Work(task);
            }
            if !begun && state.next < next + self.ahead {
                state.next += 1;
                return Step::Work(state.next - 1);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Notes the result of a task.
    fn done(&self, task: usize, result: T) {
        self.state().done.insert(task, result);
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the work of all as soon as one has ended before all tasks are begun.
struct End<'a, T>(&'a Board<T>);

impl<T> Drop for End<'_, T> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.over |= thread::panicking() || !state.has_begun(self.0.tasks);
        drop(state);
        self.0.changed.notify_all();
    }
}

/// Does two things, at the same time if there are several threads.
pub fn both<A: Send, B>(
    threads: NonZeroUsize,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    let Some(helpers) = helpers(threads.get() > 1) else {
        return (one(), other());
    };
    let mut first = None;
    let other = helpers.in_place_scope(|scope| {
        scope.spawn(|_| first = Some(one()));
        other()
    });
    (first.expect("the scope waits for it"), other)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::time::Duration;

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
    fn threads_are_started_once() {
        let mut ids = BTreeSet::new();
        for _ in 0..10 * processors().get() {
            let work = |(): &mut (), _| {
                thread::sleep(Duration::from_millis(1));
                thread::current().id()
            };
            let mut take = |id| {
                ids.insert(format!("{id:?}"));
                Ok::<(), ()>(())
            };
            in_order(&mut [(); 2], 4, work, &mut take).unwrap();
        }
        // The one that asks, and the helpers.
        assert!(ids.len() <= 1 + most(), "{}", ids.len());
    }

    #[test]
    fn there_are_no_more_workers_than_threads_or_tasks() {
        let workers =
            |threads, tasks| workers(NonZeroUsize::new(threads).unwrap(), tasks);
        assert_eq!((workers(1, 9), workers(9, 1), workers(9, 0)), (1, 1, 0));
        assert_eq!((workers(2, 9), workers(100_000, 100_000)), (2, most()));
    }

    #[test]
    fn the_one_that_asks_leaves_the_first_task_to_others() {
        let asks = thread::current().id();
        for (workers, first) in [(1, 0), (2, 1), (3, 1)] {
            let begun = Mutex::new(Vec::new());
            let work = |(): &mut (), task| {
                if thread::current().id() == asks {
                    begun.lock().unwrap().push(task);
                }
            };
            let mut take = |()| Ok::<(), ()>(());
            in_order(&mut vec![(); workers], 9, work, &mut take).unwrap();
            assert_eq!(begun.into_inner().unwrap()[0], first, "{workers}");
        }
    }

    #[test]
    fn the_first_error_ends_it() {
        for workers in [1, 2, 5] {
            let (taken, result) = squares(workers, 11);
            assert_eq!((taken.len(), result), (12, Err(144)));
        }
    }

    #[test]
    fn a_panic_ends_it() {
        for workers in [1, 2, 5] {
            let work = |_: &mut (), task: usize| assert_ne!(task, 7, "the seventh fails");
            let ended = std::panic::catch_unwind(|| {
                in_order(&mut vec![(); workers], 40, work, &mut |()| Ok::<(), ()>(()))
            });
            assert!(ended.is_err());
        }
    }
}
