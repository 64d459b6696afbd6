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

// moveTo remembers that the other host could not be connected to.
func (c *Client) moveTo(host string) {
	until := int64(0)
	if host == c.backup {
		until = c.now().Add(backupFor).UnixNano()
	}
	c.backupUntil.Store(until)
}
