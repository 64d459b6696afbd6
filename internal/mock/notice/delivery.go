package notice

import (
	"net/http"
	"slices"
	"time"
)

// Delivery is a notification with its tries.
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
	turn   int    // number of tries on the schedule
	cancel func() // stops the next try
}

// The states of a delivery.
const (
	Pending      = "pending"
	Delivered    = "delivered"
	GivenUp      = "given up"
	Refused      = "not sent" // the address is not allowed
	LostOnTheWay = "lost"     // because of a fault
)

// Try is one attempt to deliver.
type Try struct {
	At     time.Time `json:"at"`
	TookMS float64   `json:"took_ms"`
	Status int       `json:"status,omitempty"`
	Answer string    `json:"answer,omitempty"` // its first bytes
	Error  string    `json:"error,omitempty"`
	Probe  bool      `json:"probe,omitempty"` // a signature probe, which the receiver must refuse

	Header http.Header `json:"header,omitempty"` // every try has a new signature
}

func (d *Delivery) copy() *Delivery {
	c := *d
	c.Tries = slices.Clone(d.Tries)
	return &c
}

// MaxDeliveries is the number of remembered deliveries.
const MaxDeliveries = 1000
