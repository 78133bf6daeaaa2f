//! Servers: where the API is served, and which operations are served elsewhere.

use openapiv3::Server;

use super::Lowering;
use crate::ir;
use crate::parse::OperationPlace;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// The servers of the whole API.
    pub(super) fn servers(&mut self) -> Vec<ir::Server> {
        self.servers_at(&Pointer::root().child("servers"))
    }

    fn servers_at(&mut self, at: &Pointer) -> Vec<ir::Server> {
        let mut servers: Vec<ir::Server> = Vec::new();
        for at in self.document.elements(at) {
            let Some(found) = self.document.find::<Server>(&at, self.diagnostics) else {
                continue;
            };
            let mut server = server(found.node);
            self.drop_unused_variables(&mut server, &at);
            if servers.iter().all(|known| known.url != server.url) {
                servers.push(server);
            }
        }
        servers
    }

    /// Leaves out variables that have no place in the URL.
    fn drop_unused_variables(&mut self, server: &mut ir::Server, at: &Pointer) {
        let url = &server.url;
        let is_used =
            |variable: &ir::ServerVariable| url.contains(&format!("{{{}}}", variable.name));
        let (used, unused): (Vec<_>, Vec<_>) = server.variables.drain(..).partition(is_used);
        for variable in unused {
            let message = format!("the URL has no place for its variable `{}`", variable.name);
            self.left_out(&at.descend(&["variables", &variable.name]), message);
        }
        server.variables = used;
    }

    /// The server of an operation, if it is not one of the API's servers.
    pub(super) fn own_server(
        &mut self,
        place: &OperationPlace,
        shared: &[ir::Server],
    ) -> Option<String> {
        let own = self.servers_at(&place.at.child("servers"));
        let (servers, at) = match own.is_empty() {
            false => (own, place.at.child("servers")),
            true => (
                self.servers_at(&place.item.child("servers")),
                place.item.child("servers"),
            ),
        };
        let server = servers.first()?;
        if servers == shared || shared.iter().any(|known| known.url == server.url) {
            return None;
        }
        if servers.len() > 1 {
            self.left_out(&at, "only the first server of an operation is carried over");
        }
        let url = with_defaults(server);
        if origin(&url).is_some() {
            return Some(url);
        }
        // A relative URL refers to the location of the document, which is usually the host of the API.
        let shared = shared.first().map(with_defaults);
        let Some(origin) = shared.as_deref().and_then(origin) else {
            self.left_out(
                &at,
                format!("`{url}` is relative, and nothing says to what"),
            );
            return None;
        };
        Some(format!("{origin}/{}", url.trim_start_matches('/')))
    }
}

fn server(server: Server) -> ir::Server {
    let mut variables: Vec<_> = server.variables.into_iter().flatten().collect();
    variables.sort_by(|(a, _), (b, _)| a.cmp(b));
    let variables = variables.into_iter();
    ir::Server {
        url: server.url.trim().trim_end_matches('/').to_owned(),
        description: server.description,
        variables: variables
            .map(|(name, variable)| ir::ServerVariable {
                name,
                default: variable.default,
                values: variable.enumeration,
                description: variable.description,
            })
            .collect(),
    }
}

/// A server's URL with the default of each variable.
fn with_defaults(server: &ir::Server) -> String {
    let variables = server.variables.iter();
    variables.fold(server.url.clone(), |url, variable| {
        url.replace(&format!("{{{}}}", variable.name), &variable.default)
    })
}

/// The scheme and the host of an absolute URL.
fn origin(url: &str) -> Option<&str> {
    let host = url.find("://")? + 3;
    let end = url[host..]
        .find('/')
        .map_or(url.len(), |slash| host + slash);
    Some(&url[..end])
}
