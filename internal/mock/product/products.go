package product

import (
	"time"

	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/notice"
)

// World is the part of the server that the products use. Its state is locked while they run.
type World struct {
	Store  *memory.Store
	Now    func() time.Time
	After  func(d time.Duration, job func())
	Notify func(notice.Notification)
	Settle time.Duration // time that refunds, transfers and the like take
	Seed   string
}

// Products are the core products. Their user holds the lock of the store.
type Products struct {
	World
	files files
}

// New makes the products.
func New(w World) *Products { return &Products{World: w} }

// Reset resets the products' data outside the store.
func (p *Products) Reset() { p.files = files{} }
