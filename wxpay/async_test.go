package wxpay_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func TestAsync(t *testing.T) {
	release := make(chan bool)
	f := wxpay.Async(func() (int, error) { <-release; return 42, nil })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if v, err := f.WaitContext(ctx); v != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", v, err)
	}
	select {
	case <-f.Done():
		t.Error("done before it is")
	default:
	}
	close(release)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if v, err := f.Wait(); v != 42 || err != nil {
				t.Errorf("%v, %v", v, err)
			}
		})
	}
	wg.Wait()
	if v, err := f.WaitContext(t.Context()); v != 42 || err != nil {
		t.Errorf("%v, %v", v, err)
	}
}

func TestAsyncThen(t *testing.T) {
	failure := errors.New("failed")
	var got []string
	v, err := wxpay.Async(func() (int, error) { return 1, nil }).
		Then(func(v int) error { got = append(got, fmt.Sprint("then ", v)); return nil }).
		Then(func(int) error { return failure }).
		Then(func(int) error { got = append(got, "never"); return nil }).
		Catch(func(err error) error { got = append(got, err.Error()); return nil }).
		Catch(func(error) error { got = append(got, "never"); return nil }).
		Wait()
	if v != 1 || err != nil || strings.Join(got, ",") != "then 1,failed" {
		t.Errorf("%v, %v, %q", v, err, got)
	}
}

func TestAsyncPanic(t *testing.T) {
	cause := errors.New("cause")
	f := wxpay.Async(func() (int, error) { panic(cause) })
	_, err := f.Then(func(int) error { t.Error("then after a panic"); return nil }).Wait()
	var p *wxpay.PanicError
	if !errors.As(err, &p) || !errors.Is(err, cause) ||
		!strings.Contains(string(p.Stack()), "async_test.go") {
		t.Errorf("%v", err)
	}
	_, err = wxpay.Async(func() (int, error) { panic(aName) }).Wait()
	if err == nil || strings.Contains(err.Error(), aName) {
		t.Errorf("%v", err)
	}
	_, err = wxpay.Async(func() (int, error) { return 1, nil }).Then(func(int) error {
		panic("x")
	}).Wait()
	if !errors.As(err, &p) {
		t.Errorf("%v", err)
	}
}

func TestAsyncGoexit(t *testing.T) {
	f := wxpay.Async(func() (int, error) { runtime.Goexit(); return 1, nil })
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := f.WaitContext(ctx); err == nil || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func ExampleAsync() {
	double := func(v int) (int, error) { return 2 * v, nil } // a call that takes its time
	a := wxpay.Async(func() (int, error) { return double(1) })
	b := wxpay.Async(func() (int, error) { return double(2) }).
		Then(func(v int) error { fmt.Println("got", v); return nil })
	x, _ := a.Wait()
	y, err := b.Wait()
	fmt.Println(x, y, err)
	// Output:
	// got 4
	// 2 4 <nil>
}

// The error of a result that never comes tells in words that the goroutine ended.
func TestAsyncGoexitIsReadable(t *testing.T) {
	_, err := wxpay.Async(func() (int, error) { runtime.Goexit(); return 1, nil }).Wait()
	var p *wxpay.PanicError
	if !errors.As(err, &p) || !strings.Contains(err.Error(), "ended its goroutine") ||
		strings.Contains(err.Error(), "a value of type") {
		t.Errorf("%v", err)
	}
}
