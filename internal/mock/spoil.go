package mock

import (
	"net/http"
	"time"

	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// before applies the faults that need no answer. It reports whether the request is finished.
func before(w http.ResponseWriter, r *http.Request, x *Exchange,
	rule *fault.Rule) bool {
	if d := rule.Wait(); d > 0 {
		select {
		case <-time.After(d):
		case <-r.Context().Done():
		}
	}
	switch rule.Kind {
	case fault.Reset:
		reset(w)
		return true
	case fault.Unavailable:
		x.Status, x.Reply = http.StatusServiceUnavailable,
			[]byte("<html>503 Service Temporarily Unavailable</html>")
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(x.Status)
		_, _ = w.Write(x.Reply) // the client may have gone
		return true
	}
	return false
}

// reset closes the connection so that the client sees a reset.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // the closest for HTTP/2 and recorders
	}
	if c, ok := conn.(interface{ SetLinger(int) error }); ok {
		_ = c.SetLinger(0)
	}
	_ = conn.Close()
}

// spoilt is the error of a fault, or nil.
func spoilt(rule *fault.Rule) *refuse.Error {
	switch rule.Kind {
	case fault.Status:
		message := rule.Message
		if message == "" {
			message = "系统异常，请稍后重试"
		}
		return refuse.State(rule.Status, rule.Code, refuse.NumberIllegal, "%s", message)
	case fault.RateLimit:
		return refuse.State(429, "FREQUENCY_LIMITED", refuse.NumberTooMany, "频率超限，请降低请求频率")
	}
	return nil
}
