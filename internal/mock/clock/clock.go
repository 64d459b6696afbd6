package clock

import (
	"container/heap"
	"sync"
	"time"
)

// Clock has a time that can be put forward, and runs jobs at their times, one after the other.
type Clock struct {
	base func() time.Time

	mu     sync.Mutex
	offset time.Duration
	frozen time.Time // the time of the running job, for jobs of the past
	jobs   queue
	last   int
	wake   chan struct{}
	closed bool

	running sync.Mutex // held while a job runs
	done    sync.WaitGroup
}

// China is the zone of all times in WeChat Pay's replies.
var China = time.FixedZone("CST", 8*3600)

// New makes a clock that follows base, in China's time.
func New(base func() time.Time) *Clock {
	return &Clock{base: func() time.Time { return base().In(China) }, wake: make(chan struct{}, 1)}
}

// Now is the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

// Real is the time before the clock was put forward. Signatures use it, since clients have no other
// time.
func (c *Clock) Real() time.Time { return c.base() }

func (c *Clock) now() time.Time {
	if !c.frozen.IsZero() {
		return c.frozen
	}
	return c.base().Add(c.offset)
}

// Offset is how far the clock was put forward.
func (c *Clock) Offset() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.offset
}

// SetOffset sets the distance of the clock from its base, and runs nothing.
func (c *Clock) SetOffset(d time.Duration) {
	c.mu.Lock()
	c.offset = d
	c.mu.Unlock()
	c.poke()
}

// After runs a job when d has passed on this clock. The first job starts the goroutine that runs
// all jobs; Close ends it. Cancel stops a job that has not begun.
func (c *Clock) After(d time.Duration, job func()) (cancel func()) {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return func() {}
	}
	c.last++
	e := &entry{at: c.now().Add(d), order: c.last, job: job}
	heap.Push(&c.jobs, e)
	if c.last == 1 {
		c.done.Go(c.run)
	}
	c.mu.Unlock()
	c.poke()
	return func() { c.cancel(e) }
}

func (c *Clock) cancel(e *entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e.place < len(c.jobs) && c.jobs[e.place] == e {
		heap.Remove(&c.jobs, e.place)
	}
}

func (c *Clock) poke() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// Advance puts the clock forward, and returns when all due jobs have run, each at its time.
func (c *Clock) Advance(d time.Duration) {
	c.running.Lock()
	defer c.running.Unlock()
	c.mu.Lock()
	c.offset += d
	c.mu.Unlock()
	c.runDue()
}

// Drop forgets all jobs.
func (c *Clock) Drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.jobs = nil
}

// Pending is the number of waiting jobs.
func (c *Clock) Pending() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.jobs)
}

// Close ends the goroutine and drops the waiting jobs.
func (c *Clock) Close() {
	c.mu.Lock()
	c.closed, c.jobs = true, nil
	c.mu.Unlock()
	c.poke()
	c.done.Wait()
}

func (c *Clock) run() {
	for {
		wait, ok := c.next()
		if !ok {
			return
		}
		timer := time.NewTimer(wait)
		select {
		case <-c.wake:
		case <-timer.C:
		}
		timer.Stop()
		c.running.Lock()
		c.runDue()
		c.running.Unlock()
	}
}

// next is the time until the next job.
func (c *Clock) next() (time.Duration, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.jobs) == 0 {
		return time.Hour, !c.closed
	}
	const shortest = time.Millisecond // for clocks that stand still
	return max(shortest, c.jobs[0].at.Sub(c.base().Add(c.offset))), !c.closed
}

// runDue runs the due jobs. The caller holds running.
func (c *Clock) runDue() {
	for {
		c.mu.Lock()
		if len(c.jobs) == 0 || c.jobs[0].at.After(c.base().Add(c.offset)) {
			c.frozen = time.Time{}
			c.mu.Unlock()
			return
		}
		e := heap.Pop(&c.jobs).(*entry)
		c.frozen = e.at
		c.mu.Unlock()
		e.job()
	}
}

type entry struct {
	at    time.Time
	order int
	place int // index in the queue
	job   func()
}

// queue is a heap of jobs by their times.
type queue []*entry

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if q[i].at.Equal(q[j].at) {
		return q[i].order < q[j].order
	}
	return q[i].at.Before(q[j].at)
}
func (q queue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].place, q[j].place = i, j
}
func (q *queue) Push(x any) {
	e := x.(*entry)
	e.place = len(*q)
	*q = append(*q, e)
}
func (q *queue) Pop() any {
	old := *q
	last := len(old) - 1
	e := old[last]
	old[last] = nil // drops the reference to a job that has run
	*q = old[:last]
	return e
}
