package web

import "net/http"

// New makes the handler of the pages and of the control interface. It must stand behind
// control.Guard.
func New(cfg Config) http.Handler {
	s := &site{Config: cfg, views: map[string]views{}}
	for _, lang := range languages {
		s.views[lang] = newViews(lang)
	}
	mux := http.NewServeMux()
	for pattern, show := range map[string]func(*http.Request) (answer, error){
		"GET /{$}": s.requests, "GET /requests/{id}": s.request, "GET /request": s.replied,
		"GET /objects": s.objects, "GET /objects/{id}": s.object,
		"GET /pay/{number}": s.pay, "GET /operations": s.operations, "GET /operation": s.operation,
		"GET /deliveries": s.deliveries, "GET /deliveries/{id}": s.delivery,
		"GET /controls": s.controls, "GET /connect": s.connect,
		"/": nowhere,
	} {
		mux.HandleFunc(pattern, s.page(show))
	}
	mux.Handle("GET /static/", cached(http.FileServerFS(files)))
	if cfg.Control != nil {
		mux.Handle("/_mock/", cfg.Control)
	}
	return mux
}

// policy allows only files of this server, and nothing inline: a client's text cannot become a
// script.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"connect-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// page makes a handler of a function that returns a page.
func (s *site) page(show func(*http.Request) (answer, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		if choose(w, r) {
			return
		}
		a, err := show(r)
		switch {
		case err != nil:
			a = wrong(err)
		case a.Goto != "":
			http.Redirect(w, r, a.Goto, http.StatusSeeOther)
			return
		}
		s.write(w, r, a)
	}
}

// cached makes browsers ask whether their copy of a file is current: another wxgen may use the port
// next.
func cached(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}
