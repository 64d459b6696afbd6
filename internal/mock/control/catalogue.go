package control

import (
	"net/http"
	"strings"

	"github.com/wxgen/wxgen/internal/mock/keys"
)

// info describes the server.
func (s *Server) info(r *http.Request) (any, error) {
	type account struct {
		Role      keys.Role `json:"role"`
		ID        string    `json:"id"`
		Name      string    `json:"name"`
		AppID     string    `json:"appid"`
		SubMchIDs []string  `json:"sub_mchids,omitempty"`
		SerialNo  string    `json:"serial_no"`
		// the platform certificate signs for it, instead of the public key
		Certificates bool `json:"certificates"`
	}
	var accounts []account
	for _, a := range s.Engine.Accounts() {
		accounts = append(accounts, account{a.Role, a.ID, a.Name, a.AppID, a.SubMchIDs, a.SerialNo,
			a.Certificates})
	}
	var serials []string
	for _, k := range s.Engine.Ring().Certificates() {
		serials = append(serials, k.Serial)
	}
	now, ahead := s.Engine.Clock()
	return map[string]any{
		"url": "http://" + r.Host, "accounts": accounts,
		"public_key_id": s.Engine.Ring().Public.Serial, "certificates": serials,
		"clock": clockState{now, ahead.String()}, "operations": len(s.Engine.Catalogue()),
	}, nil
}

func (s *Server) operations(r *http.Request) (any, error) {
	type entry struct {
		Method  string `json:"method"`
		Path    string `json:"path"`
		Service string `json:"service"`
		ID      string `json:"id"`
		Title   string `json:"title"`
	}
	text := strings.ToLower(r.URL.Query().Get("text"))
	found := []entry{}
	for _, e := range s.Engine.Catalogue() {
		if strings.Contains(strings.ToLower(e.Method+" "+e.Path+" "+e.ID+" "+e.Title), text) {
			found = append(found, entry{e.Method, e.Path, e.Service, e.ID, e.Title})
		}
	}
	return found, nil
}

func (s *Server) events(*http.Request) (any, error) {
	type entry struct {
		Name  string `json:"name"`
		Title string `json:"title"`
	}
	events, err := s.Engine.Events()
	found := []entry{}
	for _, e := range events {
		found = append(found, entry{e.Name, e.Title})
	}
	return found, err
}
