package wxpay

import (
	"context"
	"io"
	"net"
	"net/http/httptrace"
	"sync/atomic"
)

// quietConn ends at bytes that come while no request is under way on it. net/http does that, too,
// but writes them to the log of the whole program first, and a server decides what they say. Bytes
// that come together with a reply are not kept from it.
type quietConn struct {
	net.Conn
	used atomic.Bool // before its first request there may be a handshake
	// requests under way; one that follows may begin before the end of the last one is known
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

// beginOn notes that a request is under way on conn, until net/http tells trace that the connection
// is idle again. (HTTP/2 never tells, so its connections stay as they are.)
func beginOn(conn net.Conn, trace *httptrace.ClientTrace) {
	for {
		over, ok := conn.(interface{ NetConn() net.Conn }) // TLS, and TLS to a proxy below it
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
