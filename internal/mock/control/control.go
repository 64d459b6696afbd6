package control

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/product"
)

// Handler serves the paths below Prefix. It must stand behind [Guard].
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, do := range map[string]func(r *http.Request) (any, error){
		"GET info": s.info, "GET requests": s.requests, "GET requests/{id}": s.request,
		"GET objects": s.objects, "GET objects/{id}": s.object,
		"POST pay": s.person(product.Pay), "POST refuse": s.person(product.Refuse),
		"POST expire":    s.person(product.Expire),
		"GET deliveries": s.deliveries, "GET deliveries/{id}": s.delivery,
		"POST deliveries/{id}/send": s.resend, "POST notify": s.notify,
		"GET clock": s.clock, "POST clock": s.advance, "GET faults": s.faults,
		"POST faults": s.addFault, "DELETE faults": s.clearFaults,
		"DELETE faults/{id}": s.removeFault, "POST certificates": s.rotate, "POST reset": s.reset,
		"GET snapshot": s.snapshot, "POST restore": s.restore,
		"GET operations": s.operations, "GET example": s.example, "GET events": s.events,
		"POST try": s.try,
	} {
		method, path, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" "+Prefix+path, answer(do))
	}
	mux.HandleFunc("GET "+Prefix+"watch", s.watch)
	mux.HandleFunc(Prefix, func(w http.ResponseWriter, r *http.Request) {
		fail(w, http.StatusNotFound, "there is no "+r.Method+" "+r.URL.Path+
			"; docs/mock.md lists what there is")
	})
	return mux
}

func (s *Server) requests(r *http.Request) (any, error) {
	q := r.URL.Query()
	after, _ := strconv.ParseInt(q.Get("after"), 10, 64) // 0 means the beginning
	most, _ := strconv.Atoi(q.Get("most"))
	return list(s.Engine.Exchanges(mock.Filter{Text: q.Get("text"), Refused: q.Get("refused") != "",
		After: after, Most: most})), nil
}

func (s *Server) request(r *http.Request) (any, error) {
	return one(r, "request", s.Engine.Exchange)
}

func (s *Server) objects(r *http.Request) (any, error) {
	return list(s.Engine.Objects(r.URL.Query().Get("kind"), r.URL.Query().Get("text"))), nil
}

func (s *Server) object(r *http.Request) (any, error) { return one(r, "object", s.Engine.Object) }

func (s *Server) person(act product.Act) func(r *http.Request) (any, error) {
	return func(r *http.Request) (any, error) {
		var in struct{ Number string }
		if err := read(r, &in); err != nil {
			return nil, err
		}
		if err := s.Engine.Person(in.Number, act, string(act)+" by hand"); err != nil {
			return nil, err
		}
		return list(s.Engine.Objects("", in.Number)), nil
	}
}

func (s *Server) deliveries(*http.Request) (any, error) { return list(s.Engine.Deliveries()), nil }

func (s *Server) delivery(r *http.Request) (any, error) {
	return one(r, "delivery", s.Engine.Delivery)
}

func (s *Server) resend(r *http.Request) (any, error) {
	n, err := id(r)
	if err != nil {
		return nil, err
	}
	if err := s.Engine.Resend(n); err != nil {
		return nil, err
	}
	return s.Engine.Delivery(n), nil
}

func (s *Server) notify(r *http.Request) (any, error) {
	var in struct {
		Event, URL, Account string
		Resource            map[string]any
	}
	if err := read(r, &in); err != nil {
		return nil, err
	}
	a, err := s.account(in.Account)
	if err != nil {
		return nil, err
	}
	return s.Engine.Notify(in.Event, a, in.URL, in.Resource)
}

func (s *Server) faults(*http.Request) (any, error) { return list(s.Engine.Faults().List()), nil }

func (s *Server) addFault(r *http.Request) (any, error) {
	var rule fault.Rule
	if err := read(r, &rule); err != nil {
		return nil, err
	}
	return s.Engine.Faults().Add(rule)
}

func (s *Server) clearFaults(r *http.Request) (any, error) {
	s.Engine.Faults().Clear()
	return s.faults(r)
}

func (s *Server) removeFault(r *http.Request) (any, error) {
	n, err := id(r)
	if err != nil {
		return nil, err
	}
	if !s.Engine.Faults().Remove(n) {
		return nil, fmt.Errorf("fault %d is not in force: %w", n, errNoSuch)
	}
	return s.faults(r)
}

func (s *Server) rotate(*http.Request) (any, error) {
	serial, err := s.Engine.RotateCertificate()
	if err == nil && s.Changed != nil {
		err = s.Changed()
	}
	return map[string]string{"serial": serial}, err
}

func (s *Server) reset(r *http.Request) (any, error) {
	s.Engine.Reset()
	return s.info(r)
}

func (s *Server) snapshot(*http.Request) (any, error) { return s.Engine.Snapshot() }

func (s *Server) restore(r *http.Request) (any, error) {
	err := s.Engine.Restore(r.Body)
	if _, tooLong := errors.AsType[*http.MaxBytesError](err); tooLong {
		return nil, fmt.Errorf("the snapshot is larger than %d bytes", maxSnapshot)
	}
	if err != nil {
		return nil, err
	}
	return s.info(r)
}

// watch sends changes as server-sent events until the client disconnects.
func (s *Server) watch(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	flush := http.NewResponseController(w)
	_ = flush.SetWriteDeadline(time.Time{}) // the connection lasts as long as the client watches
	_, _ = io.WriteString(w, ": watching\n\n")
	_ = flush.Flush()
	for c := range s.Engine.Watch(r.Context()) {
		text, err := json.Marshal(c)
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", c.Kind, text); err != nil {
			return
		}
		_ = flush.Flush()
	}
}
