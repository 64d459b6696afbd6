package product

import (
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
)

// endings are the ends of unfinished objects, by kind and state. They are set in ending.go, above
// the products that they call.
var endings map[string]map[string]func(*Products, *memory.Object, *keys.Account)

// settle ends an object's present state after a time, unless the object is forgotten or has moved
// by then.
func (p *Products) settle(o *memory.Object, a *keys.Account) {
	serial := o.Serial // only the serial is kept, and not the object
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

// Resume settles the unfinished objects of a snapshot.
func (p *Products) Resume(owner func(id string) *keys.Account) {
	for _, o := range p.Store.All(func(o *memory.Object) bool {
		return endings[o.Kind][o.State] != nil
	}) {
		p.settle(o, owner(o.Owner))
	}
}
