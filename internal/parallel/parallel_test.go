package parallel_test

import (
	"errors"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/wxgen/wxgen/internal/parallel"
)

func TestDoCallsEachOnce(t *testing.T) {
	for _, n := range []int{0, 1, 100} {
		calls := make([]atomic.Int32, n)
		var now, most atomic.Int32
		parallel.Do(n, func(i int) {
			if at := now.Add(1); at > most.Load() {
				most.Store(at)
			}
			runtime.Gosched()
			calls[i].Add(1)
			now.Add(-1)
		})
		for i := range calls {
			if got := calls[i].Load(); got != 1 {
				t.Errorf("of %d: %d was called %d times", n, i, got)
			}
		}
		if limit := int32(runtime.GOMAXPROCS(0)); most.Load() > limit {
			t.Errorf("of %d: %d at a time, at most %d are wanted", n, most.Load(), limit)
		}
	}
}

func TestFilesReturnsTheFirstError(t *testing.T) {
	early, late := errors.New("early"), errors.New("late")
	var calls atomic.Int32
	err := parallel.Files(50, func(i int) error {
		calls.Add(1)
		switch i {
		case 7:
			return early
		case 30:
			return late
		}
		return nil
	})
	if err != early || calls.Load() != 50 {
		t.Errorf("%d calls, error %v; want 50 and %v", calls.Load(), err, early)
	}
}
