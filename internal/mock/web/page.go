package web

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// answer is what a page shows.
type answer struct {
	View   string // template
	Title  string // in English; it is translated
	Status int    // 0 is 200
	Data   any
	Goto   string // another page instead
}

// frame is what every template gets.
type frame struct {
	Lang, Theme string
	Title, View string
	Now         time.Time
	Ahead       time.Duration
	Faults      int
	Data        any

	at *url.URL
}

// With is the address of the page with one parameter changed.
func (f *frame) With(name, value string) string {
	q := f.at.Query()
	q.Set(name, value)
	return "?" + q.Encode()
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
	_, _ = w.Write(b.Bytes()) // a client that is gone needs no answer
}

// The cookies in which the choices of a person are kept.
const (
	langCookie  = "wxgen_mock_lang"
	themeCookie = "wxgen_mock_theme"
)

var (
	languages = []string{"en", "zh"}
	themes    = []string{"auto", "light", "dark"}
)

// choose keeps the language or theme that the query names, and goes on to the page without it. It
// reports whether it did.
func choose(w http.ResponseWriter, r *http.Request) bool {
	q := r.URL.Query()
	chosen := false
	for _, c := range []struct {
		name, cookie string
		known        []string
	}{{"lang", langCookie, languages}, {"theme", themeCookie, themes}} {
		value := q.Get(c.name)
		if !slices.Contains(c.known, value) {
			continue
		}
		chosen = true
		q.Del(c.name)
		http.SetCookie(w, &http.Cookie{Name: c.cookie, Value: value, Path: "/",
			MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	}
	if chosen {
		to := url.URL{Path: "/" + strings.TrimLeft(r.URL.Path, `/\`), RawQuery: q.Encode()}
		w.Header().Set("Location", to.String())
		w.WriteHeader(http.StatusSeeOther)
	}
	return chosen
}

// cookie is a choice that was made before; "" if there is none.
func cookie(r *http.Request, name string, known []string) string {
	if c, err := r.Cookie(name); err == nil && slices.Contains(known, c.Value) {
		return c.Value
	}
	return ""
}

// language is the one chosen, else the first known one that the browser asks for.
func language(r *http.Request) string {
	if lang := cookie(r, langCookie, languages); lang != "" {
		return lang
	}
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if slices.Contains(languages, primary) {
			return primary
		}
	}
	return languages[0]
}

func theme(r *http.Request) string {
	if t := cookie(r, themeCookie, themes); t != "" {
		return t
	}
	return themes[0]
}

// missing is an error of a page that is not there.
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
