package wxpay

import "time"

// backupFor is how long calls go to the backup host first, once the production host could not be connected to: were each to
// try it anew, each would wait for its connection to time out.
const backupFor = time.Minute

// hosts returns the host to call, and the one to fail over to.
func (c *Client) hosts() (host, other string) {
	if until := c.backupUntil.Load(); until != 0 && c.backup != "" && c.now().UnixNano() < until {
		return c.backup, defaultHost
	}
	return defaultHost, c.backup
}

// failOver switches to the other host, once, if this one could not be connected to. As nothing was sent, this is safe for
// every operation.
func (x *exchange) failOver(err error) bool {
	if _, ok := err.(*TransportError); !ok || x.other == "" || !x.unreached {
		return false
	}
	until := int64(0)
	if x.other == x.c.backup {
		until = x.c.now().Add(backupFor).UnixNano()
	}
	x.c.backupUntil.Store(until)
	x.origin.host, x.other = x.other, ""
	return true
}
