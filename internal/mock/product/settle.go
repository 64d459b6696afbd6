package product

import (
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
)

// endings are how what is under way comes to its end, by kind and state. They are set in ending.go,
// above the products that they call.
var endings map[string]map[string]func(*Products, *memory.Object, *keys.Account)

// settle brings what was begun with an object to its end, once its time has come, unless the object
// is forgotten by then, or has moved on.
func (p *Products) settle(o *memory.Object, a *keys.Account) {
	serial := o.Serial // alone is kept for the time
	if serial == 0 {
		serial = p.Store.Next()
	}
	p.After(p.Settle, func() {
		o := p.Store.Get(serial)
		if o == nil {
			return
		}
		if end := endings[o.Kind][o.State]; end != nil {
			end(p, o, a)
		}
	})
}

// Resume goes on with what was under way when a snapshot was made.
func (p *Products) Resume(owner func(id string) *keys.Account) {
	for _, o := range p.Store.All(func(o *memory.Object) bool {
		return endings[o.Kind][o.State] != nil
	}) {
		p.settle(o, owner(o.Owner))
	}
}
