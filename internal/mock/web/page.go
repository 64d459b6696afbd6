package web

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// answer is the content of a page.
type answer struct {
	View   string // template
	Title  string // in English; it is translated
	Status int    // 0 means 200
	Data   any
	Goto   string // redirect to another page
}

func (s *site) write(w http.ResponseWriter, r *http.Request, a answer) {
	now, ahead := s.Engine.Clock()
	f := &frame{
		Lang: language(r), Theme: theme(r), Title: a.Title, View: a.View, Now: now,
		Ahead:  ahead.Round(time.Second),
		Faults: len(s.Engine.Faults().List()), Data: a.Data, at: r.URL,
	}
	var b bytes.Buffer
	h := w.Header()
	if err := s.views[f.Lang].execute(&b, a.View, f); err != nil {
		h.Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprintf(w, "wxgen mock: cannot show this page: %v\n", err)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", f.Lang)
	w.WriteHeader(max(a.Status, http.StatusOK))
	_, _ = w.Write(b.Bytes()) // the client may have gone
}

// missing is the error for a page that does not exist.
type missing string

func (m missing) Error() string { return string(m) }

func wrong(err error) answer {
	a := answer{View: "wrong", Title: "This did not work", Status: http.StatusInternalServerError,
		Data: err.Error()}
	if m, ok := errors.AsType[missing](err); ok {
		a.Title, a.Status, a.Data = "Not found", http.StatusNotFound, string(m)
	}
	return a
}

func nowhere(r *http.Request) (answer, error) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return answer{View: "wrong", Title: "Not found", Status: http.StatusMethodNotAllowed,
			Data: "Pages are only read; changes go to /_mock/."}, nil
	}
	return answer{},
		missing("There is no such page. WeChat Pay's own paths begin with /v3/ or /brand/.")
}

// number is the number in the path of a page.
func number(r *http.Request) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return 0, missing("There is no such page.")
	}
	return n, nil
}
