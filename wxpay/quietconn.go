package wxpay

import (
	"context"
	"io"
	"net"
	"net/http/httptrace"
	"sync/atomic"
)

// quietConn ends the connection at bytes that arrive without a request. net/http does so, too, but
// first writes the bytes, which a server chooses, to the log of the whole program. Bytes that
// arrive together with a reply pass.
type quietConn struct {
	net.Conn
	used atomic.Bool // a handshake may precede the first request
	// running requests; one may begin before the end of the last is known
	calls atomic.Int32
}

func (q *quietConn) Read(b []byte) (int, error) {
	n, err := q.Conn.Read(b)
	if n > 0 && q.used.Load() && q.calls.Load() == 0 {
		return 0, io.EOF
	}
	return n, err
}

// dialQuietly wraps the connections of d.
func dialQuietly(d *net.Dialer) func(ctx context.Context, network, address string) (net.Conn,
	error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := d.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &quietConn{Conn: conn}, nil
	}
}

// beginOn counts a request on conn until trace reports that the connection is idle. (HTTP/2 reports
// nothing, so its connections stay as they are.)
func beginOn(conn net.Conn, trace *httptrace.ClientTrace) {
	for {
		over, ok := conn.(interface{ NetConn() net.Conn }) // TLS, or TLS over TLS to a proxy
		if !ok {
			break
		}
		conn = over.NetConn()
	}
	q, ok := conn.(*quietConn)
	if !ok {
		return
	}
	q.used.Store(true)
	q.calls.Add(1)
	others := trace.PutIdleConn
	trace.PutIdleConn = func(err error) {
		if q.calls.Add(-1); others != nil {
			others(err)
		}
	}
}
