package product

import (
	"time"

	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/notice"
)

// World is what the products need of the server. Its state is locked while they run.
type World struct {
	Store  *memory.Store
	Now    func() time.Time
	After  func(d time.Duration, job func())
	Notify func(notice.Notification)
	Settle time.Duration // how long refunds, transfers and the like are under way
	Seed   string
}

// Products are the core products. Whoever uses them holds the lock of the store.
type Products struct {
	World
	files files
}

// New makes the products.
func New(w World) *Products { return &Products{World: w} }

// Reset forgets what the products know beside the store.
func (p *Products) Reset() { p.files = files{} }
