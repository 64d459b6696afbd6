package wxpay

import "errors"

// fate is the state of a call between attempts: how far the last attempt came, and whether one of
// them may have taken effect. Its methods are all the transitions.
type fate struct {
	reach   reach // of the last attempt
	inDoubt bool  // an attempt before it may have taken effect
	spent   bool  // the caller's writer has some bytes: no attempt may follow
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

// reachOf returns how far an attempt came that ended in err without a reply. Net/http set sought
// when it looked for a connection, and found when it got one. Pooled means that a request may wait
// for the connection of another request.
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
	return sent // a caller's http.RoundTripper need not report connections
}

// begin begins an attempt.
func (f *fate) begin() { f.reach = idle }

// end records the error of an attempt that another may follow. A call without effect leaves no
// doubt.
func (f *fate) end(changes bool, err error) {
	f.inDoubt = f.inDoubt || changes && errors.Is(err, ErrOutcomeUnknown)
}

// arrive records how far the attempt came.
func (f *fate) arrive(r reach) { f.reach = r }

// spend records that the caller's writer has bytes, which cannot be taken back.
func (f *fate) spend() { f.spent = true }

// maybeSent reports whether WeChat Pay may have received the request, in this attempt or before.
func (f *fate) maybeSent() bool { return f.inDoubt || f.reach >= sent }

// mayMove reports whether another host may do better. Nothing was sent, so every call may move.
func (f *fate) mayMove() bool { return f.reach == unreached }

// mayRepeat reports whether another attempt is harmless and may do better.
func (f *fate) mayRepeat(idempotent bool) bool {
	return !f.spent && (idempotent || f.reach == unreached || f.reach == crowded)
}
