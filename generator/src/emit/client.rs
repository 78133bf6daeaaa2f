//! The client and its builder.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{Paragraphs, attributes, markdown};
use super::operation::requirements;
use super::ty::{Scope, ident};
use super::{Item, Module, group};
use crate::ir::SchemeKind;
use crate::named::{Api, Group, Scheme};

/// The module `client`, whose items stand at the root of the crate.
pub(super) fn module(api: &Api) -> Module {
    let names = ["Client", "ClientBuilder"].map(str::to_owned);
    let handles = api.groups.iter().map(|group| group.handle.rust.clone());
    let scope = Scope::of_module(api, names.into_iter().chain(handles));
    let items = vec![
        Item::Rust(description(api, &scope)),
        Item::Rust(client(api, &scope)),
        Item::Rust(client_methods(api, &scope)),
        Item::Rust(builder(&scope)),
        Item::Rust(builder_methods(api, &scope)),
    ];
    Module {
        name: "client".to_owned(),
        docs: markdown("The client and how it is built."),
        imports: scope.into_imports(),
        items,
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
    quote! {
        /// What the runtime has to know of the API.
        const API: #ty = #ty {
            product: #product,
            base_url: #base_url,
            base_url_env: #base_url_env,
            schemes: &[#(#schemes),*],
            security: #security,
        };
    }
}

/// The environment variable that overrides the base URL.
pub(super) fn base_url_env(api: &Api) -> String {
    format!("{}_BASE_URL", api.client.env_prefix)
}

fn scheme(scheme: &Scheme, scope: &Scope<'_>) -> TokenStream {
    let ty = scope.private("Scheme");
    let name = Literal::string(&scheme.setter.wire);
    let env = Literal::string(&scheme.env);
    let credential = credential(scheme, scope);
    quote!(#ty { name: #name, env: #env, credential: #credential })
}

/// The variant of the runtime's credentials for a scheme.
fn credential(scheme: &Scheme, scope: &Scope<'_>) -> TokenStream {
    let credential = scope.private("Credential");
    match scheme.kind {
        SchemeKind::Bearer => quote!(#credential::Bearer),
    }
}

fn client(api: &Api, scope: &Scope<'_>) -> TokenStream {
    let mut docs = Paragraphs::default();
    docs.text(&format!("A client of the {}.", api.package.subject));
    docs.text("It is cheap to clone: clones share connections and settings.");
    let docs = attributes(&docs.0);
    let core = scope.private("Core");
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct Client { core: #core }
    }
}

fn client_methods(api: &Api, scope: &Scope<'_>) -> TokenStream {
    let new = new(api, scope);
    let build_error = scope.import("clientsmith_runtime", "BuildError");
    let from_env = attributes(&from_env_docs(api, "Creates a client"));
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

/// The shortest way to a client: with the one credential that the API needs, or without any.
fn new(api: &Api, scope: &Scope<'_>) -> Option<TokenStream> {
    let build_error = scope.import("clientsmith_runtime", "BuildError");
    match api.client.schemes.as_slice() {
        [] => Some(quote! {
            /// Creates a client.
            ///
            /// # Errors
            ///
            /// If the HTTP client cannot be set up.
            pub fn new() -> Result<Self, #build_error> { Self::builder().build() }
        }),
        [scheme] => {
            let secret = scope.import("clientsmith_runtime", "Secret");
            let setter = &scheme.setter;
            let argument = argument(scheme);
            Some(quote! {
                /// Creates a client with a credential.
                ///
                /// # Errors
                ///
                /// If the HTTP client cannot be set up.
                pub fn new(#argument: impl Into<#secret>) -> Result<Self, #build_error> {
                    Self::builder().#setter(#argument).build()
                }
            })
        }
        _ => None,
    }
}

/// What the secret of a scheme is called as an argument.
fn argument(scheme: &Scheme) -> proc_macro2::Ident {
    ident(match scheme.kind {
        SchemeKind::Bearer => "token",
    })
}

fn from_env_docs(api: &Api, subject: &str) -> Vec<String> {
    let mut docs = Paragraphs::default();
    docs.lines([format!("{subject} with what the environment holds:")]);
    let url = base_url_env(api);
    let variables = api.client.schemes.iter().map(|scheme| {
        format!(
            "- `{}`: the credential for `{}`",
            scheme.env, scheme.setter.wire
        )
    });
    let base_url = format!("- `{url}`: where requests go, if not to the API's own server");
    docs.lines(variables.chain([base_url]));
    docs.lines(["# Errors".to_owned()]);
    docs.lines(["If a credential is missing, or the base URL cannot be used.".to_owned()]);
    docs.0
}

fn accessor(group: &Group) -> TokenStream {
    let docs = attributes(&group::docs(group));
    let (accessor, module, handle) = (&group.accessor, &group.module, &group.handle);
    quote! {
        #docs
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
    let from_env = attributes(&from_env_docs(api, "A builder"));
    let setters = api
        .client
        .schemes
        .iter()
        .map(|scheme| setter(scheme, scope));
    scope.uses_macro("builder_settings");
    quote! {
        impl ClientBuilder {
            fn new() -> Self { Self(#builder::new(&API)) }

            #from_env
            pub fn from_env() -> Result<Self, #build_error> {
                #builder::from_env(&API).map(Self)
            }

            #(#setters)*

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
    let mut docs = Paragraphs::default();
    docs.text(&format!(
        "Sets the credential for `{}`.",
        scheme.setter.wire
    ));
    docs.text(scheme.description.as_deref().unwrap_or_default());
    let docs = attributes(&docs.0);
    let setter = &scheme.setter;
    let secret = scope.import("clientsmith_runtime", "Secret");
    let name = Literal::string(&scheme.setter.wire);
    let credential = credential(scheme, scope);
    let argument = argument(scheme);
    quote! {
        #docs
        pub fn #setter(self, #argument: impl Into<#secret>) -> Self {
            Self(self.0.credential(#name, #credential(#argument.into())))
        }
    }
}
