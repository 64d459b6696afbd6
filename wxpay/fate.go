package wxpay

import "errors"

// fate is what is known of a call while it is attempted: how far the last attempt came, and whether
// one of them may have taken effect. Its methods are all the transitions that there are.
type fate struct {
	reach   reach // of the last attempt
	inDoubt bool  // an attempt before it may have taken effect
	spent   bool  // the caller's writer has got something: no attempt may follow
}

// reach is how far an attempt came.
type reach uint8

const (
	idle       reach = iota // it has not begun
	unreached               // nothing was sent: the host could not be connected to
	crowded                 // nothing was sent: no connection was free
	distrusted              // nothing was sent: the certificate of the server is not valid
	sent                    // the request was sent, or may have been
	answered                // the header of a reply came
)

// reachOf tells how far an attempt came that brought err instead of a reply. Sought and found are
// what net/http told of its search for a connection; pooled says that a request may wait for one
// that another request holds.
func reachOf(sought, found, pooled bool, err error) reach {
	switch {
	case found:
		return sent
	case isDistrust(err):
		return distrusted
	case notConnected(err), sought && !pooled:
		return unreached
	case sought:
		return crowded
	}
	return sent // a caller's http.RoundTripper tells nothing
}

// begin begins an attempt.
func (f *fate) begin() { f.reach = idle }

// end ends an attempt that was not the last word with its error. One that changes nothing leaves no
// doubt.
func (f *fate) end(changes bool, err error) {
	f.inDoubt = f.inDoubt || changes && errors.Is(err, ErrOutcomeUnknown)
}

// arrive notes how far the attempt came.
func (f *fate) arrive(r reach) { f.reach = r }

// spend notes that what was written for the caller cannot be taken back.
func (f *fate) spend() { f.spent = true }

// maybeSent reports whether WeChat Pay may have got the request, in this attempt or before.
func (f *fate) maybeSent() bool { return f.inDoubt || f.reach >= sent }

// mayMove reports whether another host may do better. Nothing was sent, so any call may ask it.
func (f *fate) mayMove() bool { return f.reach == unreached }

// mayRepeat reports whether another attempt can do no harm, and may do better.
func (f *fate) mayRepeat(idempotent bool) bool {
	return !f.spent && (idempotent || f.reach == unreached || f.reach == crowded)
}
