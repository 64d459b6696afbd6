package control

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// The largest sizes of a request, and of a snapshot, which may hold a full memory.
const (
	maxBody     = 64 << 20
	maxSnapshot = 1 << 30
)

// answer makes a handler of a function. Its value becomes JSON, and its error a message with the
// mend.
func answer(do func(r *http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		most := int64(maxBody)
		if strings.HasSuffix(r.URL.Path, "/restore") {
			most = maxSnapshot
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		v, err := do(r)
		if err != nil {
			status := http.StatusBadRequest
			if errors.Is(err, errNoSuch) {
				status = http.StatusNotFound
			}
			fail(w, status, err.Error())
			return
		}
		if raw, ok := v.([]byte); ok {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(raw) // the client may have gone
			return
		}
		writeJSON(w, http.StatusOK, v)
	}
}

func fail(w http.ResponseWriter, status int, text string) {
	writeJSON(w, status, map[string]string{"error": text})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // the client may have gone
}

// read reads the body of a request. It refuses unknown fields, which are probably misspelt.
func read(r *http.Request, v any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	d.UseNumber()
	if err := d.Decode(v); err != nil && err != io.EOF {
		return fmt.Errorf("the body does not fit this request: %w", err)
	}
	return nil
}

var errNoSuch = errors.New("no such thing")

func id(r *http.Request) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no number", r.PathValue("id"))
	}
	return n, nil
}

// one answers with the object of the number in the path.
func one[T any](r *http.Request, what string, get func(int64) *T) (any, error) {
	n, err := id(r)
	if err != nil {
		return nil, err
	}
	if v := get(n); v != nil {
		return v, nil
	}
	return nil, fmt.Errorf("%s %d is unknown, or forgotten: %w", what, n, errNoSuch)
}

// list turns nil into an empty list, since JSON would write null.
func list[T any](items []T) any {
	if items == nil {
		return []T{}
	}
	return items
}
