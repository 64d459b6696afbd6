package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// The cookies for a person's choices.
const (
	langCookie  = "wxgen_mock_lang"
	themeCookie = "wxgen_mock_theme"
)

var (
	languages = []string{"en", "zh"}
	themes    = []string{"auto", "light", "dark"}
)

// choose stores the language or theme in the query, and redirects to the page without it. It
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

// cookie is a stored choice; "" if there is none.
func cookie(r *http.Request, name string, known []string) string {
	if c, err := r.Cookie(name); err == nil && slices.Contains(known, c.Value) {
		return c.Value
	}
	return ""
}

// language is the stored language, or else the first known one that the browser asks for.
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
