package web

import (
	"net/http"
	"slices"

	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/fault"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/notice"
)

type deliveryList struct {
	State    string
	States   []string
	Rows     []*notice.Delivery
	Events   []*desc.Event
	Accounts []*keys.Account
	Event    string // initial values of the form
}

func (s *site) deliveries(r *http.Request) (answer, error) {
	q := r.URL.Query()
	list := deliveryList{
		State: q.Get("state"), States: []string{notice.Pending, notice.Delivered, notice.GivenUp,
			notice.Refused, notice.LostOnTheWay},
		Accounts: s.Engine.Accounts(), Event: q.Get("event"),
	}
	list.Rows = slices.DeleteFunc(s.Engine.Deliveries(), func(d *notice.Delivery) bool {
		return list.State != "" && d.State != list.State
	})
	list.Rows = list.Rows[:min(len(list.Rows), mostShown)]
	var err error
	list.Events, err = s.Engine.Events()
	return answer{View: "deliveries", Title: "Notifications", Data: list}, err
}

func (s *site) delivery(r *http.Request) (answer, error) {
	id, err := number(r)
	if err != nil {
		return answer{}, err
	}
	d := s.Engine.Delivery(id)
	if d == nil {
		return answer{},
			missing("This notification is unknown, or forgotten: only the latest are kept.")
	}
	return answer{View: "delivery", Title: d.Event, Data: d}, nil
}

type controlView struct {
	Rules        []fault.Rule
	Replies      []fault.Kind
	Callbacks    []fault.Kind
	Certificates []*keys.PlatformKey
	Steps        []string // steps of the clock
}

func (s *site) controls(*http.Request) (answer, error) {
	v := controlView{Rules: s.Engine.Faults().List(), Certificates: s.Engine.Ring().Certificates(),
		Steps: []string{"15s", "1m", "10m", "1h", "3h", "24h"}}
	for _, k := range fault.Kinds {
		if k.Callback() {
			v.Callbacks = append(v.Callbacks, k)
		} else {
			v.Replies = append(v.Replies, k)
		}
	}
	return answer{View: "controls", Title: "Controls", Data: v}, nil
}

type connectView struct {
	URL, Folder, Guide string
	Accounts           []*keys.Account
	PublicKeyID        string
}

func (s *site) connect(r *http.Request) (answer, error) {
	return answer{View: "connect", Title: "Connect", Data: connectView{
		URL: "http://" + r.Host, Folder: s.Folder, Guide: s.Guide, Accounts: s.Engine.Accounts(),
		PublicKeyID: s.Engine.Ring().Public.Serial,
	}}, nil
}
