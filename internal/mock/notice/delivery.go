package notice

import (
	"net/http"
	"slices"
	"time"
)

// Delivery is a notification on its way.
type Delivery struct {
	ID      int64     `json:"id"`
	EventID string    `json:"event_id"`
	Event   string    `json:"event"`
	URL     string    `json:"url"`
	Account string    `json:"account"`
	Object  int64     `json:"object,omitempty"`
	Clear   []byte    `json:"resource,omitempty"`
	Body    []byte    `json:"body,omitempty"` // as sent
	State   string    `json:"state"`          // Pending, Delivered, GivenUp, Refused, LostOnTheWay
	Note    string    `json:"note,omitempty"`
	Fault   string    `json:"fault,omitempty"`
	Created time.Time `json:"created"`
	Next    time.Time `json:"next,omitzero"` // of the next try
	Tries   []Try     `json:"tries"`

	note   Notification
	turn   int    // of the schedule
	cancel func() // of the next try
}

// The states of a delivery.
const (
	Pending      = "pending"
	Delivered    = "delivered"
	GivenUp      = "given up"
	Refused      = "not sent" // the address may not be called
	LostOnTheWay = "lost"     // by a fault
)

// Try is one attempt to deliver.
type Try struct {
	At     time.Time `json:"at"`
	TookMS float64   `json:"took_ms"`
	Status int       `json:"status,omitempty"`
	Answer string    `json:"answer,omitempty"` // its beginning
	Error  string    `json:"error,omitempty"`
	Probe  bool      `json:"probe,omitempty"` // a signature probe, which must be refused

	Header http.Header `json:"header,omitempty"` // as sent: each try is signed anew
}

func (d *Delivery) copy() *Delivery {
	c := *d
	c.Tries = slices.Clone(d.Tries)
	return &c
}

// MaxDeliveries is how many deliveries are remembered: the latest.
const MaxDeliveries = 1000
