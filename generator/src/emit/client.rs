//! The client and its builder.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::operation::requirements;
use super::ty::Scope;
use super::{feature, group, server};
use crate::markdown::{Inline, code};
use crate::named::{Api, Group, Scheme};
use crate::print::{self, Docs, Item, Module, ident};
use crate::terms::{ParameterLocation, SchemeKind};

/// The module `client`, whose items stand at the root of the crate.
pub(super) fn module(api: &Api) -> Module {
    let names = ["Client", "ClientBuilder", "Server"].map(str::to_owned);
    let handles = api.groups.iter().map(|group| group.handle.rust.clone());
    let scope = Scope::of_module(api, names.into_iter().chain(handles));
    let mut items = vec![
        Item::Rust(description(api, &scope)),
        Item::Rust(client(api, &scope)),
        Item::Rust(client_methods(api, &scope)),
        Item::Rust(builder(&scope)),
        Item::Rust(builder_methods(api, &scope)),
    ];
    items.extend(server::items(api, &scope).into_iter().map(Item::Rust));
    Module {
        name: "client".to_owned(),
        docs: Docs::line("The client and how it is built."),
        imports: scope.into_imports(),
        items: print::items(items),
        ..Module::default()
    }
}

/// What the runtime has to know of the API.
fn description(api: &Api, scope: &Scope<'_>) -> TokenStream {
    let ty = scope.private("Api");
    let product = format!("{}/{}", api.package.name, api.package.version);
    let base_url = match &api.client.base_url {
        Some(url) => quote!(Some(#url)),
        None => quote!(None),
    };
    let base_url_env = base_url_env(api);
    let schemes = api
        .client
        .schemes
        .iter()
        .map(|scheme| self::scheme(scheme, scope));
    let security = requirements(&api.client.security);
    let idempotency_header = &api.client.idempotency_header;
    quote! {
        /// What the runtime has to know of the API.
        const API: #ty = #ty {
            product: #product,
            base_url: #base_url,
            base_url_env: #base_url_env,
            schemes: &[#(#schemes),*],
            security: #security,
            idempotency_header: #idempotency_header,
        };
    }
}

/// The environment variable that overrides the base URL.
pub(super) fn base_url_env(api: &Api) -> String {
    format!("{}_BASE_URL", api.client.env_prefix)
}

fn scheme(scheme: &Scheme, scope: &Scope<'_>) -> TokenStream {
    let (ty, kind) = (scope.private("Scheme"), scope.private("SchemeKind"));
    let name = Literal::string(&scheme.setter.wire);
    let env = Literal::string(&scheme.env);
    let kind = match &scheme.kind {
        SchemeKind::Bearer | SchemeKind::OAuth2 { .. } => quote!(#kind::Bearer),
        SchemeKind::Basic => quote!(#kind::Basic),
        SchemeKind::ApiKey { location, name } => match location {
            ParameterLocation::Query => quote!(#kind::Query(#name)),
            ParameterLocation::Cookie => quote!(#kind::Cookie(#name)),
            ParameterLocation::Header | ParameterLocation::Path => quote!(#kind::Header(#name)),
        },
    };
    quote!(#ty { name: #name, kind: #kind, env: #env })
}

fn client(api: &Api, scope: &Scope<'_>) -> TokenStream {
    let mut docs = Docs::default();
    docs.text(&format!("A client of the {}.", api.package.subject));
    docs.text("It is cheap to clone: clones share connections and settings.");
    let docs = docs.attributes();
    let core = scope.private("Core");
    let unused = (!api.features.is_empty())
        .then(|| quote!(#[allow(dead_code, reason = "it has methods by features")]));
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct Client { #unused core: #core }
    }
}

fn client_methods(api: &Api, scope: &Scope<'_>) -> TokenStream {
    let new = new(api, scope);
    let build_error = scope.import("clientsmith_runtime", "BuildError");
    let from_env = from_env_docs(api, "Creates a client").attributes();
    let accessors = api.groups.iter().map(accessor);
    quote! {
        impl Client {
            #new

            #from_env
            pub fn from_env() -> Result<Self, #build_error> {
                ClientBuilder::from_env()?.build()
            }

            /// A builder, for clients with other settings than the default ones.
            pub fn builder() -> ClientBuilder { ClientBuilder::new() }

            #(#accessors)*
        }
    }
}

/// The constructor `new`: it takes the base URL if the document has none, and the credential if there is one.
/// An API with several security schemes has no `new`.
fn new(api: &Api, scope: &Scope<'_>) -> Option<TokenStream> {
    let scheme = match api.client.schemes.as_slice() {
        [] => None,
        [scheme] => Some(scheme),
        _ => return None,
    };
    let mut arguments = Vec::new();
    let mut settings = TokenStream::new();
    if api.client.base_url.is_none() {
        arguments.push(quote!(base_url: impl Into<String>));
        settings.extend(quote!(.base_url(base_url)));
    }
    if let Some(scheme) = scheme {
        let (setter, names) = (&scheme.setter, argument_names(scheme));
        arguments.extend(credential_arguments(scheme, scope));
        settings.extend(quote!(.#setter(#(#names),*)));
    }
    let docs = new_docs(api).attributes();
    let build_error = scope.import("clientsmith_runtime", "BuildError");
    Some(quote! {
        #docs
        pub fn new(#(#arguments),*) -> Result<Self, #build_error> {
            Self::builder() #settings .build()
        }
    })
}

fn new_docs(api: &Api) -> Docs {
    let mut docs = Docs::default();
    docs.text(match api.client.schemes.is_empty() {
        true => "Creates a client.",
        false => "Creates a client with a credential.",
    });
    if let (None, Some(path)) = (&api.client.base_url, &api.client.base_path) {
        docs.text(&format!(
            "The API's description names no host, only the path {} on it; the base URL is the whole.",
            code(path)
        ));
    }
    docs.paragraph(["# Errors"]);
    docs.text(match api.client.base_url {
        Some(_) => "If the HTTP client cannot be set up.",
        None => "If the base URL cannot be used, or the HTTP client cannot be set up.",
    });
    docs
}

/// What the parts of a credential are called as arguments.
fn argument_names(scheme: &Scheme) -> Vec<proc_macro2::Ident> {
    let names: &[&str] = match scheme.kind {
        SchemeKind::Bearer | SchemeKind::OAuth2 { .. } => &["token"],
        SchemeKind::Basic => &["username", "password"],
        SchemeKind::ApiKey { .. } => &["key"],
    };
    names.iter().map(|name| ident(name)).collect()
}

/// The parts of a credential as a function takes them: a user's name is no secret.
fn credential_arguments(scheme: &Scheme, scope: &Scope<'_>) -> Vec<TokenStream> {
    let secret = scope.import("clientsmith_runtime", "Secret");
    let arguments = argument_names(scheme)
        .into_iter()
        .map(|name| match name == "username" {
            true => quote!(#name: impl Into<String>),
            false => quote!(#name: impl Into<#secret>),
        });
    arguments.collect()
}

fn from_env_docs(api: &Api, subject: &str) -> Docs {
    let mut docs = Docs::default();
    docs.paragraph([format!("{subject} with what the environment holds:")]);
    let rows = variables(api).into_iter();
    docs.paragraph(rows.map(|(names, meaning)| {
        let row = Inline::of("- ").join(&names).and(": ").join(&meaning);
        row.as_str().to_owned()
    }));
    docs.paragraph(["# Errors"]);
    docs.paragraph(["If a credential is missing, or the base URL cannot be used."]);
    docs
}

/// The environment variables of the crate, and what each is for.
pub(super) fn variables(api: &Api) -> Vec<(Inline, Inline)> {
    let schemes = api.client.schemes.iter().map(|scheme| {
        let env = &scheme.env;
        let names = match scheme.kind {
            SchemeKind::Basic => Inline::default()
                .code(&format!("{env}_USERNAME"))
                .and(" and ")
                .code(&format!("{env}_PASSWORD")),
            _ => Inline::default().code(env),
        };
        let meaning = Inline::of("the credential for ").code(&scheme.setter.wire);
        (names, meaning)
    });
    let server = match &api.client.base_url {
        Some(url) => Inline::of("where requests go, if not to ").code(url),
        None => Inline::of("where requests go"),
    };
    let name = Inline::default().code(&base_url_env(api));
    schemes.chain([(name, server)]).collect()
}

fn accessor(group: &Group) -> TokenStream {
    let docs = group::docs(group).attributes();
    let (accessor, module, handle) = (&group.accessor, &group.module, &group.handle);
    let feature = feature::attribute(group.feature.as_ref());
    quote! {
        #docs
        #feature
        #[must_use]
        pub fn #accessor(&self) -> super::#module::#handle {
            super::#module::#handle { client: self.core.clone() }
        }
    }
}

fn builder(scope: &Scope<'_>) -> TokenStream {
    let builder = scope.private("Builder");
    quote! {
        /// Puts a [`Client`] together.
        #[derive(Debug)]
        #[must_use]
        pub struct ClientBuilder(#builder);
    }
}

fn builder_methods(api: &Api, scope: &Scope<'_>) -> TokenStream {
    let builder = scope.private("Builder");
    let build_error = scope.import("clientsmith_runtime", "BuildError");
    let from_env = from_env_docs(api, "A builder").attributes();
    let setters = api
        .client
        .schemes
        .iter()
        .map(|scheme| setter(scheme, scope));
    let server = server::setter(api);
    scope.uses_macro("builder_settings");
    quote! {
        impl ClientBuilder {
            fn new() -> Self { Self(#builder::new(&API)) }

            #from_env
            pub fn from_env() -> Result<Self, #build_error> {
                #builder::from_env(&API).map(Self)
            }

            #(#setters)*

            #server

            builder_settings!();

            /// The client.
            ///
            /// # Errors
            ///
            /// If the base URL cannot be used, or if there is no transport.
            pub fn build(self) -> Result<Client, #build_error> {
                Ok(Client { core: self.0.build()? })
            }
        }
    }
}

fn setter(scheme: &Scheme, scope: &Scope<'_>) -> TokenStream {
    let mut docs = Docs::default();
    docs.paragraph([format!(
        "Sets the credential for {}.",
        code(&scheme.setter.wire)
    )]);
    if matches!(scheme.kind, SchemeKind::OAuth2 { .. }) {
        docs.text("It is an access token that the API's OAuth 2.0 server handed out.");
    }
    docs.text(scheme.description.as_deref().unwrap_or_default());
    let docs = docs.attributes();
    let setter = &scheme.setter;
    let name = Literal::string(&scheme.setter.wire);
    let (arguments, names) = (credential_arguments(scheme, scope), argument_names(scheme));
    let ty = scope.private("Credential");
    let credential = match scheme.kind {
        SchemeKind::Basic => {
            let fields = names.iter().map(|name| quote!(#name: #name.into()));
            quote!(#ty::Basic { #(#fields),* })
        }
        _ => quote!(#ty::Key(#(#names.into()),*)),
    };
    let provider = provider_setter(scheme, scope);
    let client = client_setter(scheme, scope);
    quote! {
        #docs
        pub fn #setter(self, #(#arguments),*) -> Self {
            Self(self.0.credential(#name, #credential))
        }

        #provider
        #client
    }
}

/// The setter for something that fetches the credential.
fn provider_setter(scheme: &Scheme, scope: &Scope<'_>) -> Option<TokenStream> {
    let setter = scheme.provider.as_ref()?;
    let docs = Docs::line(format!(
        "Sets what fetches the credential for {}.",
        code(&setter.wire)
    ));
    let docs = docs.attributes();
    let name = Literal::string(&setter.wire);
    let provider = scope.import("clientsmith_runtime", "CredentialProvider");
    Some(quote! {
        #docs
        pub fn #setter(self, provider: impl #provider) -> Self {
            Self(self.0.provider(#name, provider))
        }
    })
}

/// The setter for a client that acts for itself, which gets its tokens where the document says.
fn client_setter(scheme: &Scheme, scope: &Scope<'_>) -> Option<TokenStream> {
    let (setter, provider) = (scheme.client.as_ref()?, scheme.provider.as_ref()?);
    let SchemeKind::OAuth2 {
        token_url: Some(token_url),
    } = &scheme.kind
    else {
        return None;
    };
    let mut docs = Docs::line(format!(
        "Gets tokens for {} for a client that acts for itself, and renews them",
        code(&setter.wire)
    ));
    docs.extend(["(OAuth 2.0 client credentials)."]);
    let docs = docs.attributes();
    let credentials = scope.import("clientsmith_runtime", "ClientCredentials");
    let secret = scope.import("clientsmith_runtime", "Secret");
    Some(quote! {
        #docs
        pub fn #setter(self, client_id: impl Into<String>, client_secret: impl Into<#secret>) -> Self {
            self.#provider(#credentials::new(#token_url, client_id, client_secret))
        }
    })
}
