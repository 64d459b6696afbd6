package emit

import "github.com/wxgen/wxgen/internal/model"

// Files renders the whole API: paths with slashes, relative to the output folder, and their
// contents. The same model gives the same bytes. An error is a bug in wxgen, or a model that load
// should have refused.
func Files(api *model.API, cfg Config) (map[string][]byte, error) {
	var jobs []job
	for _, s := range api.Services {
		jobs = append(jobs, newService(s, cfg).jobs()...)
	}
	if hasEvents(api) {
		jobs = append(jobs, newWebhooks(api.Webhooks, cfg).jobs()...)
	}
	r := newRoot(api, cfg)
	return run(append(jobs, r.chain, r.doc, r.index))
}
