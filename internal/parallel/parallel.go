package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Do calls f for 0 … n-1 on all processors and waits.
func Do(n int, f func(i int)) { do(n, runtime.GOMAXPROCS(0), f) }

// Files is Do for jobs that wait for files: it runs more jobs at a time than there are processors.
// It returns the error of the lowest i with an error.
func Files(n int, f func(i int) error) error {
	errs := make([]error, n)
	do(n, 2*runtime.GOMAXPROCS(0), func(i int) { errs[i] = f(i) })
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func do(n, workers int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, workers) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}
