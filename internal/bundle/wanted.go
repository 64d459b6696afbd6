package bundle

import (
	"github.com/wxgen/wxgen/internal/model"
)

// wanted says which parts the document includes.
type wanted struct {
	operations map[string]bool   // "POST /v3/…"
	events     map[string]string // event type → its name in Go
	titles     map[string]string // of services
}

func wantedOf(api *model.API) wanted {
	w := wanted{map[string]bool{}, map[string]string{}, map[string]string{}}
	for _, s := range api.Services {
		w.titles[s.Name] = s.Title
		for _, o := range s.Operations() {
			w.operations[o.Verb+" "+o.Path] = true
		}
	}
	if api.Webhooks != nil {
		for _, e := range api.Webhooks.Events {
			w.events[e.Name] = e.Go
		}
	}
	return w
}
