package wxpay

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
)

// Future is the result of a function that runs in another goroutine. It is safe for concurrent use.
type Future[T any] struct {
	done  chan struct{}
	value T
	err   error
}

// Async starts f in a goroutine of its own. To stop it, end the context of the call inside f:
//
//	bill := wxpay.Async(func() (*bill.TradeBillResponse, error) { return path.Get(ctx, req) })
//	… // meanwhile
//	resp, err := bill.Wait()
//
// A panic in f becomes an error, a [*PanicError].
func Async[T any](f func() (T, error)) *Future[T] {
	p := &Future[T]{done: make(chan struct{})}
	go p.run(f)
	return p
}

func (p *Future[T]) run(f func() (T, error)) {
	p.err = newPanicError(errGoexit, nil) // stays if f never returns
	defer close(p.done)
	p.value, p.err = guard(f)
}

var errGoexit = errors.New("wxpay: a function that was called ended its goroutine")

// guard calls f and turns a panic into an error.
func guard[T any](f func() (T, error)) (value T, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = newPanicError(v, debug.Stack())
		}
	}()
	return f()
}

// Then calls f with the result once it is there, unless there is an error. It returns a Future of
// the same result; its error is that of p, or else of f.
func (p *Future[T]) Then(f func(T) error) *Future[T] {
	return Async(func() (T, error) {
		v, err := p.Wait()
		if err == nil {
			err = f(v)
		}
		return v, err
	})
}

// Catch calls f with the error once it is there, if there is one. It returns a Future of the same
// result; its error is what f returns.
func (p *Future[T]) Catch(f func(error) error) *Future[T] {
	return Async(func() (T, error) {
		v, err := p.Wait()
		if err != nil {
			err = f(err)
		}
		return v, err
	})
}

// Wait blocks until the result is there. It may be called any number of times.
func (p *Future[T]) Wait() (T, error) {
	<-p.done
	return p.value, p.err
}

// WaitContext is Wait that gives up when ctx ends. The work goes on until its own context ends.
func (p *Future[T]) WaitContext(ctx context.Context) (T, error) {
	var none T
	if err := noContext(ctx, "wxpay.Future"); err != nil {
		return none, err
	}
	select {
	case <-p.done:
		return p.Wait()
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// Done is closed when the result is there, for use in a select.
func (p *Future[T]) Done() <-chan struct{} { return p.done }

// PanicError is a panic of a function of the caller's: that of a [Future], or the handler of a
// notification.
type PanicError struct{ panicked concealed[panicked] }

type panicked struct {
	value any // what was passed to panic
	stack []byte
}

func newPanicError(value any, stack []byte) *PanicError {
	return &PanicError{conceal(panicked{value, stack})}
}

// Value returns what was passed to panic. It may be anything, with personal data in it.
func (e *PanicError) Value() any { return reveal(e.panicked).value }

// Stack returns the stack of the goroutine that panicked.
func (e *PanicError) Stack() []byte { return reveal(e.panicked).stack }

// Error tells the type of the value. It tells the value itself only if that is an error of the Go
// runtime, such as a nil dereference: others might hold personal data.
func (e *PanicError) Error() string {
	v := e.Value()
	if v == errGoexit {
		return errGoexit.Error()
	}
	if err, ok := v.(runtime.Error); ok {
		return "panic: " + err.Error()
	}
	return fmt.Sprintf("panic: a value of type %T; see PanicError.Value and Stack", v)
}

// Unwrap returns the value if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value().(error)
	return err
}
