package wxpay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

// bodyTimeout bounds how long the body of a notification may take to arrive. WeChat Pay waits that
// long for the answer.
const bodyTimeout = 5 * time.Second

var errNotificationSize = fmt.Errorf("body is larger than %d bytes", maxNotification)

// readNotification reads a body that is bounded in size and time. If it does not reach the end, the
// deadline stays in force, since the server then drains the body.
func readNotification(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.Body == nil { // of a request that no server made
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(r.Context(), bodyTimeout)
	defer cancel()
	lift := limitReading(w, r)
	// for servers without read deadlines
	stop := context.AfterFunc(ctx, func() { _ = r.Body.Close() })
	body, err := readBounded(r)
	switch {
	case !stop() || errors.Is(err, os.ErrDeadlineExceeded):
		return nil, fmt.Errorf("body did not arrive within %v", bodyTimeout)
	case err != nil:
		return nil, err
	}
	lift()
	return body, nil
}

// limitReading gives the connection a deadline, unless the server bounds its reading itself. Lift
// removes the deadline: it would end the request's context while the handler works.
func limitReading(w http.ResponseWriter, r *http.Request) (lift func()) {
	if srv, ok := r.Context().Value(http.ServerContextKey).(*http.Server); ok &&
		srv.ReadTimeout > 0 {
		return func() {}
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(bodyTimeout))
	return func() { _ = control.SetReadDeadline(time.Time{}) }
}

// readBounded reads the body into one piece of memory if its length is known and small.
func readBounded(r *http.Request) ([]byte, error) {
	var buf bytes.Buffer
	if n := r.ContentLength; n > 0 && n <= 16<<10 {
		buf.Grow(int(n) + bytes.MinRead) // ReadFrom needs that much room to see the end
	}
	_, err := buf.ReadFrom(io.LimitReader(r.Body, maxNotification+1))
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, err
	case err != nil:
		return nil, errors.New("body was cut off")
	case buf.Len() > maxNotification:
		return nil, errNotificationSize
	}
	return buf.Bytes(), nil
}

// maxNotification bounds the body of a notification; real ones are a few KB.
const maxNotification = 1 << 20
