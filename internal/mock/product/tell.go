package product

import (
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/notice"
)

// tell sends a notification about an object, if the object has a notify_url.
func (p *Products) tell(o *memory.Object, event string, a *keys.Account, resource map[string]any) {
	if o.NotifyURL == "" || a == nil {
		return
	}
	clear, _ := memory.Clone(resource).(map[string]any)
	delete(clear, requested)
	p.Notify(notice.Notification{Event: event, Account: a, URL: o.NotifyURL, Resource: clear,
		Sparse: true, Object: o.Serial})
}
